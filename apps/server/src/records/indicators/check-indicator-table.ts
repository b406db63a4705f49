import type { IndicatorEntry, IndicatorTable } from './indicator-entry.ts'
import { comparableUnit } from './plain-words.ts'
import { wordKey } from './word-book.ts'

export const MAX_WHAT = 60
export const MAX_DIRECTION = 70
/** Words of a diagnosis, of a treatment or of certainty: the table explains, it does not decide. */
export const FORBIDDEN = [
  '确诊',
  '您得了',
  '您患',
  '您有',
  '服用',
  '吃药',
  '停药',
  '用药',
  '药物',
  '一定是',
  '肯定是',
  '必须',
]
const ASK = '请问医生。'

/** What is wrong with a table beyond its shape, in Chinese, with the place; empty for a good one. */
export function problemsOfTable({ entries }: Pick<IndicatorTable, 'entries'>): readonly string[] {
  const ids = new Set<string>()
  const repeated = entries.filter(({ id }) => ids.size === ids.add(id).size)
  return [
    ...repeated.map(({ id }) => `${id}：id 重复`),
    ...entries.flatMap((entry) => problemsOfEntry(entry).map((problem) => `${entry.id}：${problem}`)),
    ...problemsOfWords(entries),
  ]
}

function problemsOfEntry({ words, shared, what, ...directions }: IndicatorEntry): readonly string[] {
  const { high, low, abnormal } = directions
  const problems = words.length + shared.length === 0 ? ['words 和 shared 至少写一个名称'] : []
  for (const word of [...words, ...shared]) if (wordKey(word) === '') problems.push(`名称“${word}”只有符号`)
  if (lengthOf(what) > MAX_WHAT) problems.push(`what 超过 ${MAX_WHAT} 字`)
  for (const [field, text] of Object.entries({ high, low, abnormal })) {
    if (lengthOf(text) > MAX_DIRECTION) problems.push(`${field} 超过 ${MAX_DIRECTION} 字`)
    if (!text.endsWith(ASK)) problems.push(`${field} 要以“${ASK}”结尾`)
  }
  for (const [field, text] of Object.entries({ what, high, low, abnormal })) {
    for (const word of FORBIDDEN) if (text.includes(word)) problems.push(`${field} 不能写“${word}”`)
    if (/癌/.test(text.replace(/不能说明[^，。]*/g, '')))
      problems.push(`${field} 里“癌”只能写在“不能说明……”之后`)
  }
  return problems
}

interface Claim {
  readonly entry: IndicatorEntry
  readonly shared: boolean
}

/** A word that two entries claim must be told apart by its unit or by the specimen. */
function problemsOfWords(entries: readonly IndicatorEntry[]): readonly string[] {
  const claims = new Map<string, Claim[]>()
  const add = (word: string, claim: Claim) => {
    const key = wordKey(word)
    claims.set(key, [...(claims.get(key) ?? []), claim])
  }
  for (const entry of entries) {
    for (const word of entry.words) add(word, { entry, shared: false })
    for (const word of entry.shared) add(word, { entry, shared: true })
  }
  return [...claims].flatMap(([word, found]) =>
    found.flatMap((left, index) =>
      found
        .slice(index + 1)
        .filter((right) => !toldApart(left, right))
        .map((right) => `名称“${word}”重复：${left.entry.id} 和 ${right.entry.id} 分不清`),
    ),
  )
}

function toldApart(left: Claim, right: Claim): boolean {
  // Two spellings of one entry may be one word when they are compared.
  if (left.entry === right.entry) return true
  if (!left.shared || !right.shared) return false
  if (left.entry.specimen !== right.entry.specimen) return true
  const units = new Set(left.entry.units.map(comparableUnit))
  const apart = !right.entry.units.some((unit) => units.has(comparableUnit(unit)))
  return apart && units.size > 0 && right.entry.units.length > 0
}

function lengthOf(text: string): number {
  return Array.from(text).length
}
