import type { Indicator } from '@zhangyi/his'
import type { Cipher } from '../platform/crypto/cipher.ts'
import { halfWidth } from './half-width.ts'
import { specimensIn } from './indicators/specimen.ts'

// 96 bits: two indicators of one patient never meet.
const ID_BYTES = 12

/**
 * The same indicator has the same id in every report: by its code, else its name, with unit and specimen, because a
 * laboratory may call the white cells of blood and of urine by one code. It tells nothing by itself.
 */
export function indicatorId(
  cipher: Cipher,
  { code, name, unit }: Pick<Indicator, 'code' | 'name' | 'unit'>,
  reportTitle: string,
): string {
  const bare = code?.trim() ?? ''
  const named = bare !== '' ? `code\0${bare}` : `name\0${plainName(name)}`
  const what = [named, plainUnit(unit), specimenOf(reportTitle) || specimenOf(name)].join('\0')
  return cipher.blindIndex(what, 'records.indicator').subarray(0, ID_BYTES).toString('base64url')
}

/** Blood is what nobody mentions: `肝功能` and `血生化` are one. Empty as well where a text names several. */
function specimenOf(text: string): string {
  const [first, ...others] = specimensIn(text)
  return first === undefined || first === 'blood' || others.length > 0 ? '' : first
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
