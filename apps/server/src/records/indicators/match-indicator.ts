import type { IndicatorEntry, IndicatorTable } from './indicator-entry.ts'
import { comparableUnit, type NameParts, nameParts } from './plain-words.ts'
import { type Specimen, specimensIn } from './specimen.ts'
import { WordBook, wordKey } from './word-book.ts'

export interface IndicatorToMatch {
  readonly code: string | undefined
  readonly name: string
  readonly unit: string | undefined
  /** The report's title, if known: in `尿常规` the same name means another thing than in `血常规`. */
  readonly title?: string | undefined
}

const PREFIX = /^(血清|血浆|全血|静脉血|尿液)/
const SUFFIX = /(测定|检测|检查|含量|浓度|水平|试验)$/
// What may stand around a name that we know, in a name that we do not know, or in brackets behind it.
const BEFORE = /^(血清|血浆|全血|静脉血|血液|血|尿液|尿沉渣|尿)?$/
const AFTER =
  /^(活性|活力|数目|总数|数量|测定值|值|结果|测定|检测|检查|含量|浓度|水平|试验|定量|计数)*(\p{Script=Han}{1,6}法)?$/u
// A name is one line of a report; a whole paragraph is none, and would be slow to compare.
const MAX_NAME_LENGTH = 60
const HAN = /\p{Script=Han}/u

/** Finds the entry of an indicator. Undefined when nothing fits, or more than one: no explanation beats a wrong one. */
export function indicatorMatcher(
  table: Pick<IndicatorTable, 'entries'>,
): (indicator: IndicatorToMatch) => IndicatorEntry | undefined {
  const book = new WordBook(table.entries)

  const byName = (name: NameParts, unit: string, hint: Specimen | undefined) => {
    const { base, brackets, whole } = name
    if (book.knows(whole)) return { entry: book.find(whole, unit, hint) }
    const word = [base, base.replace(SUFFIX, ''), base.replace(PREFIX, '').replace(SUFFIX, '')].find((one) =>
      book.knows(one),
    )
    if (word === undefined) return undefined
    const outside = base.startsWith(word) ? '' : (PREFIX.exec(base)?.[0] ?? '')
    const said = new Set([hint, ...specimensIn([outside, ...brackets].join(' '))])
    said.delete(undefined)
    if (said.size > 1) return { entry: undefined }
    const entry = book.find(word, unit, [...said][0])
    const harmless = (content: string) =>
      entry !== undefined &&
      (content === '空腹' ||
        book.claims(entry, content) ||
        comparableUnit(content) === unit ||
        BEFORE.test(content))
    return { entry: brackets.every(harmless) ? entry : undefined }
  }

  // A name that we do not know is believed to be what its code says only if it holds a name that we do know.
  const byCode = ({ whole }: NameParts, code: string, unit: string, hint: Specimen | undefined) => {
    const entry = book.find(code, unit, hint)
    if (!entry || !HAN.test(whole)) return whole === '' ? entry : undefined
    const held = book.longestWordIn(whole)
    if (held === undefined || !book.claims(entry, held)) return undefined
    const [before = '', after = ''] = whole.split(held)
    const elsewhere = [...specimensIn(before)].some((specimen) => specimen !== entry.specimen)
    return !elsewhere && BEFORE.test(before) && AFTER.test(after) ? entry : undefined
  }

  return ({ code, name, unit, title }) => {
    if (name.length > MAX_NAME_LENGTH) return undefined
    const titled = [...specimensIn(title ?? '')]
    const hint = titled.length === 1 ? titled[0] : undefined
    const [parts, plainCode, plainUnit] = [nameParts(name), wordKey(code ?? ''), comparableUnit(unit)]
    const named = byName(parts, plainUnit, hint)
    if (!named) return byCode(parts, plainCode, plainUnit, hint)
    const { entry } = named
    const contradicted = entry && book.knows(plainCode) && !book.goesWith(entry, plainCode)
    return contradicted ? undefined : entry
  }
}
