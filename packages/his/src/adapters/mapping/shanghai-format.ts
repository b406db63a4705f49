import { isRealDate, shanghaiMidnight } from '@zhangyi/core'

const PARTS = /yyyy|MM|dd|HH|mm|ss/g
const OFFSET_MS = 8 * 3_600_000

/** An ISO instant or a day `yyyy-MM-dd` in the HIS's own writing (Asia/Shanghai), e.g. `yyyyMMddHHmmss`. */
export function formatAs(format: string, iso: string): string {
  const ms = iso.length === 10 ? shanghaiMidnight(iso) : Date.parse(iso)
  if (Number.isNaN(ms)) throw new RangeError('not an instant or a day')
  const [year = '', month = '', date = '', hour = '', minute = '', second = ''] = new Date(ms + OFFSET_MS)
    .toISOString()
    .split(/[-T:.]/)
  const values: Readonly<Record<string, string>> = {
    yyyy: year,
    MM: month,
    dd: date,
    HH: hour,
    mm: minute,
    ss: second,
  }
  return format.replace(PARTS, (part) => values[part] ?? part)
}

/** The parts of a text in the HIS's writing; `undefined` if it is not exactly so, or not a real date or time. */
function partsOf(format: string, text: string): Readonly<Record<string, string>> | undefined {
  const names: string[] = []
  const pattern = format
    .split(/(yyyy|MM|dd|HH|mm|ss)/)
    .map((piece) => {
      if (!/^(yyyy|MM|dd|HH|mm|ss)$/.test(piece)) return piece.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
      names.push(piece)
      return `(\\d{${piece.length}})`
    })
    .join('')
  const match = new RegExp(`^${pattern}$`).exec(text)
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : undefined
}

/** `kind` says what is wanted: an instant as ISO 8601 with +08:00, a day, or a time of day. */
export function parseAs(format: string, text: string, kind: 'instant' | 'day' | 'time'): string | undefined {
  const parts = partsOf(format, text)
  if (!parts) return undefined
  const { yyyy = '', MM = '', dd = '', HH = '00', mm = '00', ss = '00' } = parts
  if (HH > '23' || mm > '59' || ss > '59') return undefined
  if (kind === 'time') return `${HH}:${mm}`
  const day = `${yyyy}-${MM}-${dd}`
  if (!isRealDate(day)) return undefined
  return kind === 'day' ? day : `${day}T${HH}:${mm}:${ss}+08:00`
}
