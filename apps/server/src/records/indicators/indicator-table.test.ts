import { expect, test } from 'vitest'
import { FORBIDDEN, MAX_DIRECTION, MAX_WHAT, problemsOfTable } from './check-indicator-table.ts'
import { indicatorTableSchema } from './indicator-entry.ts'
import { INDICATOR_TABLE } from './indicator-table.ts'

const { entries } = INDICATOR_TABLE

test('our table keeps its own rules: lengths, forbidden words, one meaning a word', () => {
  expect(indicatorTableSchema.parse(INDICATOR_TABLE)).toEqual(INDICATOR_TABLE)
  expect(problemsOfTable(INDICATOR_TABLE)).toEqual([])
})

test('every direction is of the one careful form', () => {
  for (const { id, high, low, abnormal } of entries)
    for (const text of [high, low, abnormal]) expect(text, id).toMatch(/^常见于.+，是否需要处理请问医生。$/)
})

test('no text holds a diagnosis, a treatment or a certainty', () => {
  const texts = entries.flatMap(({ what, high, low, abnormal }) => [what, high, low, abnormal])
  for (const text of texts) for (const word of FORBIDDEN) expect(text).not.toContain(word)
  expect(texts.filter((text) => text.includes('癌')).every((text) => /不能说明得了癌症/.test(text))).toBe(
    true,
  )
  expect(Math.max(...entries.map(({ what }) => what.length))).toBeLessThanOrEqual(MAX_WHAT)
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(MAX_DIRECTION)
})

test('every “what” is a plain sentence', () => {
  for (const { id, what } of entries) expect(what, id).toMatch(/^.{6,}。$/)
})

test.each([
  ['血常规', 24],
  ['尿常规', 12],
  ['肝功能', 12],
  ['肾功能', 6],
  ['血脂', 7],
  ['血糖', 5],
  ['电解质', 7],
  ['心肌和心脏', 8],
  ['凝血', 6],
  ['甲状腺功能', 7],
  ['乙肝两对半', 5],
  ['肿瘤标志物', 8],
  ['炎症', 3],
  ['贫血和铁代谢', 5],
  ['体检常规', 5],
])('%s holds at least %i indicators', (group, count) => {
  expect(entries.filter((entry) => entry.group === group).length).toBeGreaterThanOrEqual(count)
})

test('as long as no physician has signed, the table says so', () => {
  expect(INDICATOR_TABLE).toMatchObject({ reviewedBy: '待医院医师审核', reviewedOn: null })
})
