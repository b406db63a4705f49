import { describe, expect, test } from 'vitest'
import { checkCharacter, type IdType, parseOtherDocument } from './identity.ts'

const whole = (first17: string) => first17 + checkCharacter(first17)

describe('documents other than the resident ID card', () => {
  test.each<[IdType, string, string]>([
    ['03', 'e1234 5678', 'E12345678'],
    ['04', '军字第1234567号', '军字第1234567号'],
    ['06', 'h12345678', 'H12345678'],
    ['06', 'M1234567890', 'M1234567890'],
    ['07', '12345678', '12345678'],
    ['07', '1234567890', '1234567890'],
    ['07', '1234567890B', '1234567890B'],
    ['08', 'K330000001', 'K330000001'],
    ['15', 'USA330012345678', 'USA330012345678'],
    ['15', whole('91115619900101001'), whole('91115619900101001')],
    ['17', whole('81000019900101001'), whole('81000019900101001')],
    ['17', whole('83000019900101001').toLowerCase(), whole('83000019900101001')],
    ['99', '民国(2026)字第12号', '民国(2026)字第12号'],
  ])('type %s, 「%s」 is %s', (idType, text, value) => {
    expect(parseOtherDocument(idType, text)).toEqual({ ok: true, value })
  })

  const wrongCheck = (number: string) =>
    number.slice(0, 17) + (((Number.parseInt(number[17] ?? '', 10) || 0) + 1) % 10)
  test.each<[IdType, string, string]>([
    ['03', '', 'empty'],
    ['03', ' ', 'empty'],
    ['03', 'E12', 'length'],
    ['03', 'E1234!', 'characters'],
    ['06', 'A12345678', 'length'],
    ['06', 'H123456789', 'length'],
    ['07', '123456789', 'length'],
    ['08', '1330000001', 'length'],
    ['15', 'US330012345678', 'length'],
    ['15', wrongCheck(whole('91115619900101001')), 'checksum'],
    ['17', whole('84000019900101001'), 'length'],
    ['17', wrongCheck(whole('81000019900101001')), 'checksum'],
    ['99', '<script>', 'characters'],
    ['99', '1'.repeat(31), 'characters'],
  ])('type %s, 「%s」 is refused: %s', (idType, text, problem) => {
    expect(parseOtherDocument(idType, text)).toEqual({ ok: false, problem })
  })
})
