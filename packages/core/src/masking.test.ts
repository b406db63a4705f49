import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskAddress, maskCardNumber, maskIdNumber, maskName, maskPhone } from './masking.ts'

const seed = 20_261_123

test.each<[(text: string) => string, string, string]>([
  [maskName, '李明华', '李*华'],
  [maskName, '张三', '张*'],
  [maskName, '欧阳娜娜', '欧**娜'],
  [maskName, '𠮷田', '𠮷*'],
  [maskName, '㛃𠮷䶮', '㛃*䶮'],
  [maskName, '龘', '*'],
  [maskName, '', '*'],
  [maskIdNumber, '330102199001012217', '330102********2217'],
  [maskIdNumber, '330102900101221', '330102*****1221'],
  [maskIdNumber, 'E12345678', 'E******78'],
  [maskIdNumber, 'E123456', '*****56'],
  [maskIdNumber, '12345', '***45'],
  [maskIdNumber, '1234', '****'],
  [maskIdNumber, '', ''],
  [maskPhone, '13800000218', '138****0218'],
  [maskPhone, '0571-88888888', '057******8888'],
  [maskPhone, '8888218', '*****18'],
  [maskPhone, '110', '***'],
  [maskPhone, '', ''],
  [maskCardNumber, '0000123420931', '****0931'],
  [maskCardNumber, '10086', '****86'],
  [maskCardNumber, '7', '****'],
  [maskCardNumber, '', '****'],
  [maskAddress, '浙江省杭州市上城区一号', '浙江省杭州市***'],
  [maskAddress, '浙江省杭州', '***'],
  [maskAddress, '', '***'],
])('%o hides %s as %s', (mask, text, expected) => {
  expect(mask(text)).toBe(expected)
})

describe(`never shows more than promised (seed ${seed})`, () => {
  // Digits only, so that a star in the result was put there by the mask.
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 24 })
  const shown = (masked: string) => masked.replaceAll('*', '').length
  const holds = (mask: (text: string) => string, limit: (length: number) => number) =>
    fc.assert(
      fc.property(digits, (text) => {
        expect(shown(mask(text))).toBeLessThanOrEqual(limit(text.length))
      }),
      { seed, numRuns: 500 },
    )

  test('of a document number: ten of a resident ID, three of another, nothing of four', () => {
    holds(maskIdNumber, (length) => (length >= 15 ? 10 : length >= 8 ? 3 : length > 4 ? 2 : 0))
  })

  test('of a phone number: seven of a mobile number, two of a shorter one', () => {
    holds(maskPhone, (length) => (length >= 11 ? 7 : length > 4 ? 2 : 0))
  })

  test('of a card number: four, and never more than half', () => {
    holds(maskCardNumber, (length) => Math.min(4, length / 2))
  })

  test('of a name: first and last character, never the whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'李明华𠮷䶮〇·'), maxLength: 20 }), (name) => {
        const characters = Array.from(maskName(name)).filter((character) => character !== '*')
        expect(characters.length).toBeLessThanOrEqual(Math.min(2, Math.max(0, Array.from(name).length - 1)))
      }),
      { seed, numRuns: 500 },
    )
  })
})
