import { type Fen, fen } from '@zhangyi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codes, field, InputProblem, list, readFields, texts, writeFields } from './fields.ts'
import { parseXml } from './xml/parse-xml.ts'
import { tag } from './xml/write-xml.ts'

const SOME = { seed: 20261123, numRuns: 100 }

const FIELDS = [
  ...texts({ XM: 'name', DZ: 'address' }),
  field('JE', 'amount', 'yuan'),
  field('FJE', 'fee', 'fen'),
  field('ZFJE', 'payment.amount', 'yuan'),
  field('CSRQ', 'birthday', 'day'),
  field('ZFSJ', 'paidAt', 'time'),
  field('XB', 'gender', codes({ 男: '1', 女: '2' })),
  field('SFSM', 'verified', 'flag'),
  field('SFDHS', 'billIds', 'commas'),
]
const read = (xml: string) => readFields(FIELDS, parseXml(tag('Request', xml)))

const second = fc.integer({ min: Date.UTC(1990, 0) / 1_000, max: Date.UTC(2090, 0) / 1_000 })
const words = fc.stringMatching(/^[\u4e00-\u9fa5<>&"']{1,12}$/)
const amount = fc.integer({ min: 0, max: 10 ** 11 }).map(fen)
const row = fc.record({
  name: words,
  address: fc.option(words, { nil: undefined }),
  amount,
  fee: amount,
  birthday: second.map((value) => new Date(value * 1_000).toISOString().slice(0, 10)),
  paidAt: second.map((value) => new Date(value * 1_000).toISOString()),
  gender: fc.constantFrom('男', '女'),
  verified: fc.boolean(),
  billIds: fc.array(fc.stringMatching(/^[A-Z0-9]{1,8}$/), { minLength: 1, maxLength: 4 }),
})

test('what the dialect writes it reads again: money to the fen, times to the second', () => {
  fc.assert(
    fc.property(row, ({ address, ...rest }) => {
      const value = { ...rest, ...(address === undefined ? {} : { address }) }
      expect(read(writeFields(FIELDS, value))).toEqual(value)
    }),
    SOME,
  )
})

describe('one by one', () => {
  test('no value is an empty tag, and an empty tag is no value', () => {
    expect(writeFields(texts({ XM: 'name' }), {})).toBe('<XM></XM>')
    expect(read('<XM>  </XM><JE/>')).toEqual({})
  })

  test('numbers keep their blanks; a member of a member is found', () => {
    expect(writeFields([field('JE', 'amount', 'yuan')], { amount: 5 as Fen })).toBe('<JE>      0.05</JE>')
    expect(read('<ZFJE> 1.5 </ZFJE>')).toEqual({ payment: { amount: 150 } })
  })

  test('lists within a row', () => {
    const items = [list('MXLB', 'MX', 'items', texts({ MC: 'name' }))]
    expect(writeFields(items, { items: [{ name: '<甲>' }, { name: '乙' }] })).toBe(
      '<MXLB><MX><MC>&lt;甲&gt;</MC></MX><MX><MC>乙</MC></MX></MXLB>',
    )
    expect(writeFields(items, { items: [] })).toBe('<MXLB></MXLB>')
  })

  test.each([
    ['JE', '1.234'],
    ['JE', '1e3'],
    ['FJE', '1.5'],
    ['FJE', '-1'],
    ['CSRQ', '20260230'],
    ['CSRQ', '2026-02-03'],
    ['ZFSJ', '20261123250000'],
    ['ZFSJ', '20261123'],
    ['XB', '男'],
    ['SFSM', 'true'],
  ])('%s does not take %s', (name, text) => {
    expect(() => read(tag(name, text))).toThrow(new InputProblem(`${name} 格式不正确`))
  })
})
