import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hospitalId } from '@zhangyi/core'
import { expect, onTestFinished, test } from 'vitest'
import { recordsSchema } from '../../platform/hospitals/records-config.ts'
import { INDICATOR_TABLE } from './indicator-table.ts'
import { loadExplainers } from './load-explainers.ts'

const ID = hospitalId('first')
const ASKED = { code: 'WBC', name: '白细胞计数', unit: '10^9/L', mark: 'high' } as const
const ENTRY = {
  ...{ id: 'wbc', group: '血常规', specimen: 'blood', words: ['白细胞计数'], what: '本院的说明。' },
  ...{ high: '偏高请问医生。', low: '偏低请问医生。', abnormal: '异常请问医生。' },
}
const TABLE = {
  version: 'h-1',
  reviewedBy: '陶明哲',
  reviewedOn: '2026-11-20',
  source: '本院',
  entries: [ENTRY],
}

function explainerOf(records: object) {
  const hospitals = { all: [{ id: ID, records: recordsSchema.parse(records) }] } as never
  return loadExplainers(hospitals)({ id: ID })
}

function file(content: string): { readonly explanationFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'zhangyi-explanations-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const explanationFile = join(folder, 'table.json')
  writeFileSync(explanationFile, content)
  return { explanationFile }
}

test('a hospital that says nothing explains by our table', () => {
  expect(explainerOf({})(ASKED)?.tableVersion).toBe(INDICATOR_TABLE.version)
})

test('a hospital that switched it off explains nothing', () => {
  expect(explainerOf({ explanations: false })(ASKED)).toBeNull()
})

test('a hospital’s own table comes in place of ours, as a whole', () => {
  const explain = explainerOf(file(JSON.stringify(TABLE)))
  const said = { what: '本院的说明。', direction: '偏高请问医生。', tableVersion: 'h-1' }
  expect(explain(ASKED)).toEqual(said)
  expect(explain({ ...ASKED, code: 'PLT', name: '血小板计数' })).toBeNull()
})

test('our own table as a file is a good file', () => {
  expect(explainerOf(file(JSON.stringify(INDICATOR_TABLE)))(ASKED)?.tableVersion).toBe('2026-11')
})

const withEntry = (change: object, ...more: object[]) =>
  JSON.stringify({ ...TABLE, entries: [{ ...ENTRY, ...change }, ...more] })

test.each([
  ['no JSON', '{', '不是 JSON'],
  ['no version', JSON.stringify({ ...TABLE, version: undefined }), 'version：'],
  ['nobody who reviewed it', JSON.stringify({ ...TABLE, reviewedBy: ' ' }), 'reviewedBy：'],
  ['a field that is not known', withEntry({ medicine: 'x' }), 'entries.0：'],
  ['a direction that is missing', withEntry({ low: undefined }), 'entries.0.low：'],
  ['no name at all', withEntry({ words: [] }), 'wbc：words 和 shared 至少写一个名称'],
  ['a name of signs', withEntry({ words: ['★'] }), '只有符号'],
  ['a long text', withEntry({ what: '长'.repeat(61) }), 'wbc：what 超过 60 字'],
  ['a long direction', withEntry({ high: `${'长'.repeat(70)}请问医生。` }), 'wbc：high 超过 70 字'],
  ['a diagnosis', withEntry({ high: '您得了感染，请问医生。' }), 'wbc：high 不能写“您得了”'],
  ['a drug', withEntry({ high: '请服用消炎片，请问医生。' }), 'wbc：high 不能写“服用”'],
  ['cancer', withEntry({ high: '可能是癌，请问医生。' }), 'wbc：high 里“癌”只能写在'],
  ['nobody to ask', withEntry({ high: '没事。' }), 'wbc：high 要以“请问医生。”结尾'],
  ['an id twice', withEntry({}, { ...ENTRY, words: ['血小板'] }), 'wbc：id 重复'],
  ['a name twice', withEntry({}, { ...ENTRY, id: 'w2', words: ['白细胞 计数'] }), 'wbc 和 w2 分不清'],
])('a file with %s stops the start and says where', (_what, content, problem) => {
  const { explanationFile } = file(content)
  expect(() => explainerOf({ explanationFile })).toThrow(problem)
  expect(() => explainerOf({ explanationFile })).toThrow('医院 first 的 records.explanationFile')
})

test('all problems of a file are told at once', () => {
  const content = withEntry({ high: '没事。', low: '也没事。' })
  expect(() => explainerOf(file(content))).toThrow(/high 要以.*\n.*low 要以/)
})

test('a file that is not there stops the start', () => {
  expect(() => explainerOf({ explanationFile: '/nowhere/table.json' })).toThrow('读不到文件')
})

test('shared names need units that tell them apart', () => {
  const shared = { words: [], shared: ['WBC'] }
  const same = withEntry(
    { ...shared, units: ['10^9/L'] },
    { ...ENTRY, ...shared, id: 'w2', units: ['×10⁹/L'] },
  )
  expect(() => explainerOf(file(same))).toThrow('wbc 和 w2 分不清')
  const apart = withEntry({ ...shared, units: ['10^9/L'] }, { ...ENTRY, ...shared, id: 'w2', units: ['%'] })
  expect(() => explainerOf(file(apart))).not.toThrow()
})
