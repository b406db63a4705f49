import { plainUnit } from '../indicator-id.ts'

/** What is left of a name after the noise of printing: width, case, blanks, marks and joining strokes. */
export function plainWord(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      // Laboratories print marks around a name. At its end `#` means a count, and stays.
      .replace(/^[\s*★☆▲△●○◆◇■□#]+/, '')
      .replace(/[\s*★☆▲△●○◆◇■□↑↓]+$/, '')
      .replace(/[\s\-‐–—_·.,、:;'"]+/g, '')
      .replaceAll('μ', 'u')
  )
}

export interface NameParts {
  readonly base: string
  readonly brackets: readonly string[]
  /** The base and what stood in brackets, in the order of the name. */
  readonly whole: string
}

// How it was measured says nothing about what was.
const METHOD = /法$|^(定量|定性|测定|检测|计数|互认|仪器)$/
const BRACKETS = /[([{【〔〖](.*?)[)\]}】〕〗]/g

/**
 * A name with what stands in its brackets apart; the method in brackets is left out. A name that stands wholly in
 * brackets is its own base.
 */
export function nameParts(name: string): NameParts {
  const flat = name
    .normalize('NFKC')
    .replace(BRACKETS, (all, content: string) => (METHOD.test(plainWord(content)) ? ' ' : all))
  const brackets = [...flat.matchAll(BRACKETS)].map(([, content]) => plainWord(content ?? ''))
  const kept = brackets.filter((content) => content !== '')
  const base = plainWord(withoutBrackets(flat.replace(BRACKETS, ' ')))
  const whole = plainWord(withoutBrackets(flat))
  if (base !== '') return { base, brackets: kept, whole }
  return { base: kept[0] ?? '', brackets: kept.slice(1), whole }
}

function withoutBrackets(text: string): string {
  return text.replace(/[()[\]{}【】〔〕〖〗]/g, ' ')
}

/** A unit in the one spelling that the table is compared in. Upper and lower case are one here. */
export function comparableUnit(unit: string | undefined): string {
  return plainUnit(unit)
    .toLowerCase()
    .replaceAll('μ', 'u')
    .replace(/^10e(?=\d)/, '10^')
    .replace(/^(个|cells?)(?=\/)/, '')
    .replace(/^\/(hpf|lpf)$/, (text) => text.slice(0, -1))
    .replace(/\^/g, '')
}
