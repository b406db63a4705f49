import type { Indicator } from '@zhangyi/his'
import type { Cipher } from '../platform/crypto/cipher.ts'
import { halfWidth } from './half-width.ts'

// 96 bits: two indicators of one patient never meet.
const ID_BYTES = 12

/** The same indicator has the same id in every report: by its code, else by name and unit. It tells nothing by itself. */
export function indicatorId(
  cipher: Cipher,
  { code, name, unit }: Pick<Indicator, 'code' | 'name' | 'unit'>,
): string {
  const bare = code?.trim() ?? ''
  const what = bare !== '' ? `code\0${bare}` : `name\0${plainName(name)}\0${plainUnit(unit)}`
  return cipher.blindIndex(what, 'records.indicator').subarray(0, ID_BYTES).toString('base64url')
}

/** Without the signs that laboratories print before a name (`*` 互认项目). */
export function plainName(name: string): string {
  return halfWidth(name)
    .replace(/\s+/g, '')
    .replace(/^[*★▲#]+/, '')
    .toUpperCase()
}

/**
 * A unit in one spelling: `×10⁹/L`, `10*9/L` and `10^9/L` are one. Upper and lower case stay apart, because `mU/L` and
 * `MU/L` are not.
 */
export function plainUnit(unit: string | undefined): string {
  return halfWidth(unit ?? '')
    .replace(/\s+/g, '')
    .replace(
      /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g,
      (digits) => `^${Array.from(digits, (digit) => SUPERSCRIPTS.indexOf(digit)).join('')}`,
    )
    .replace(/^[×xX*](?=10)/, '')
    .replace(/^10[*^](?=\d)/, '10^')
    .replaceAll('µ', 'μ')
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
