import { fen } from '@zhangyi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WechatInputError } from '../errors.ts'
import { amountValue } from './format-numbers.ts'
import { momentValue } from './format-times.ts'
import { formatValue, VALUE_TYPES, type ValueType, valueTypeOf } from './format-value.ts'

const seed = 20_261_123
const APPROVED = ['门诊', 'A 类']
const format = (type: ValueType, text: string) => formatValue(type, 'key1', text, { approved: APPROVED })

describe('taken as they are, or brought into form', () => {
  test.each<[ValueType, string, string]>([
    ['thing', '门诊余额退费 ¥12.34', '门诊余额退费 ¥12.34'],
    ['thing', '  第一行\r\n第二行\t', '第一行 第二行'],
    ['thing', '字'.repeat(21), '字'.repeat(20)],
    ['thing', '𠮷'.repeat(21), '𠮷'.repeat(20)],
    ['thing', `${'字'.repeat(19)} 字`, '字'.repeat(19)],
    ['thing', '零\u200b宽\ud800', '零宽'],
    ['short_thing', '退费已经到账了', '退费已经到'],
    ['character_string', 'ZY-20261123-0001', 'ZY-20261123-0001'],
    ['character_string', '****0931', '****0931'],
    ['character_string', 'x'.repeat(33), 'x'.repeat(32)],
    ['number', '00123.50', '00123.50'],
    ['letter', 'x'.repeat(40), 'x'.repeat(32)],
    ['symbol', '￥%*！？。', '￥%*！？'],
    ['phrase', '退费成功啦啦', '退费成功啦'],
    ['name', '李*龙', '李*龙'],
    ['name', '阿卜杜热西提·买买提明', '阿卜杜热西提·买买提'],
    ['name', 'Maximilian Alexander Smith', 'Maximilian Alexander'],
    ['time', '09:05', '09:05'],
    ['time', '9:05~10:00', '9:05~10:00'],
    ['time', '2026-11-23 09:05:30', '2026年11月23日 09:05:30'],
    ['date', '2026-01-02', '2026年1月2日'],
    ['date', '2026年11月23日 ~ 2026年11月24日', '2026年11月23日~2026年11月24日'],
    ['amount', '12.34元', '12.34元'],
    ['amount', '¥99999999.99', '¥99999999.99'],
    ['phone_number', '+86-0766-66888866', '+86-0766-66888866'],
    ['phone_number', '(0571) 8888 8888', '(0571) 8888 8888'],
    ['car_number', '粤A8Z888挂', '粤A8Z888挂'],
    ['car_number', '浙A·12345', '浙A12345'],
    ['const', ' 门诊 ', '门诊'],
    ['enum', 'A 类', 'A 类'],
  ])('%s 「%s」 → 「%s」', (type, text, value) => {
    expect(format(type, text)).toBe(value)
  })
})

describe('refused before sending, naming the key and not the value', () => {
  test.each<[ValueType, string, string]>([
    ...VALUE_TYPES.map((type): [ValueType, string, string] => [type, ' \n\u200b ', 'empty']),
    ['character_string', '单号1', 'characters'],
    ['number', '12a', 'characters'],
    ['number', '1'.repeat(33), 'too-long'],
    ['number', '-1', 'characters'],
    ['letter', 'a1', 'characters'],
    ['symbol', 'a!', 'characters'],
    ['phrase', '退费ok', 'characters'],
    ['name', '李3', 'characters'],
    ['time', '25:00', 'form'],
    ['time', '9点', 'form'],
    ['time', '2026-11-23', 'form'],
    ['time', '09:00~10:00~11:00', 'form'],
    ['date', '09:00', 'form'],
    ['date', '2026-02-29', 'form'],
    ['date', '2026年13月1日', 'form'],
    ['amount', '12345678.901', 'form'],
    ['amount', '123456789.01', 'too-long'],
    ['amount', '-1.00', 'form'],
    ['amount', '1,000', 'form'],
    ['phone_number', '138000002181380000', 'too-long'],
    ['phone_number', '无', 'characters'],
    ['phone_number', '138****0218', 'characters'],
    ['car_number', '粤A粤8888', 'characters'],
    ['car_number', '粤A8Z8888挂', 'too-long'],
    ['const', '住院', 'not-approved'],
    ['enum', '门诊部', 'not-approved'],
  ])('%s 「%s」: %s', (type, text, problem) => {
    const thrown = (() => {
      try {
        return format(type, text)
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(WechatInputError)
    expect(thrown).toMatchObject({ field: 'key1', problem, message: `key1: ${problem}` })
  })
})

// WeChat's rules, written down a second time and apart from the formatters.
const characters = (text: string) => Array.from(text).length
const day = String.raw`\d{4}年\d{1,2}月\d{1,2}日`
const clock = String.raw`\d{1,2}:\d{2}(?::\d{2})?`
const RULES: Readonly<Record<ValueType, (text: string) => boolean>> = {
  thing: (text) => characters(text) <= 20,
  short_thing: (text) => characters(text) <= 5,
  character_string: (text) => text.length <= 32 && /^[ -~]*$/.test(text),
  number: (text) => text.length <= 32 && /^[\d.]+$/.test(text),
  letter: (text) => /^[A-Za-z]{1,32}$/.test(text),
  symbol: (text) => characters(text) <= 5 && !/[\p{L}\p{N}\s]/u.test(text),
  phrase: (text) => characters(text) <= 5 && !/[^\p{Script=Han}〇]/u.test(text),
  name: (text) =>
    characters(text) <= 20 && !/[\d<>]/.test(text) && (/^[ -~]+$/.test(text) || characters(text) <= 10),
  time: (text) => new RegExp(`^(${day} )?${clock}(~(${day} )?${clock})?$`).test(text),
  date: (text) => new RegExp(`^${day}( ${clock})?(~${day}( ${clock})?)?$`).test(text),
  amount: (text) => /^[^\d]?[\d.]+元?$/.test(text) && text.replace(/\D/g, '').length <= 10,
  phone_number: (text) => text.length <= 17 && /\d/.test(text) && /^[\d\W]+$/.test(text),
  car_number: (text) => characters(text) <= 8,
  const: (text) => APPROVED.includes(text),
  enum: (text) => APPROVED.includes(text),
}
const pieces = fc.constantFrom(
  ...'0123456789:-~年月日元¥. ·*+()Aa李𠮷〇！￥门诊\u200b\ud800\n'.split(''),
  ...['2026-11-23', '2026年1月2日', ' 09:00', '12.34', '粤A8888', 'A 类', '𠮷'],
)
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: pieces, maxLength: 40 }),
)

describe(`any text through each formatter obeys the rule, or is refused (seed ${seed})`, () => {
  test.each(VALUE_TYPES)('%s', (type) => {
    fc.assert(
      fc.property(anyText, (text) => {
        let value: string
        try {
          value = format(type, text)
        } catch (error) {
          if (error instanceof WechatInputError) return
          throw error
        }
        expect(value).not.toBe('')
        expect(value).toBe(value.trim())
        expect(value.isWellFormed()).toBe(true)
        expect(value).not.toMatch(/[\p{Cc}\p{Cf}]/u)
        expect(RULES[type](value), value).toBe(true)
        // What was brought into form once stays as it is.
        expect(format(type, value)).toBe(value)
      }),
      { seed, numRuns: 400 },
    )
  })
})

test('the type of a key', () => {
  expect(VALUE_TYPES.map((type) => valueTypeOf(`${type}12`))).toEqual([...VALUE_TYPES])
  for (const key of ['first', 'remark', 'thing', 'keyword1', 'thing1x', 'constructor1', '__proto__', ''])
    expect(valueTypeOf(key)).toBeUndefined()
})

test('values made of our own types', () => {
  expect(amountValue('amount1', fen(1_234))).toBe('12.34元')
  expect(amountValue('amount1', fen(9_999_999_999))).toBe('99999999.99元')
  expect(() => amountValue('amount1', fen(-1))).toThrow(WechatInputError)
  expect(() => amountValue('amount1', fen(10_000_000_000))).toThrow(WechatInputError)
  expect(format('time', momentValue(Date.parse('2026-11-23T01:05:00Z')))).toBe('2026年11月23日 09:05')
})
