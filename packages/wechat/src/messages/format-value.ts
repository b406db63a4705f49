import { WechatInputError } from '../errors.ts'
import { formatAmount, formatCarNumber, formatNumber, formatPhoneNumber } from './format-numbers.ts'
import { formatDate, formatTime } from './format-times.ts'
import { cutTo, tidy } from './tidy-text.ts'

/** The value types of category templates, by the name that a key begins with (`thing1`, `character_string2`). */
export const VALUE_TYPES = [
  'thing',
  'short_thing',
  'character_string',
  'number',
  'letter',
  'symbol',
  'phrase',
  'name',
  'time',
  'date',
  'amount',
  'phone_number',
  'car_number',
  'const',
  'enum',
] as const
export type ValueType = (typeof VALUE_TYPES)[number]

export interface FormatRules {
  /** For `const` and `enum`: the values that were approved with the template. */
  readonly approved?: readonly string[]
  /** Another limit than the usual one, in characters; for `short_thing` the usual one is hearsay. */
  readonly limit?: number
}

type Formatter = (field: string, text: string, rules: FormatRules) => string

/** Words lose their end beyond the limit; `form` says which characters may stand in them at all. */
const words =
  (limit: number, form?: RegExp): Formatter =>
  (field, text, rules) => {
    if (form && !form.test(text)) throw new WechatInputError(field, 'characters')
    return cutTo(text, rules.limit ?? limit)
  }

// A name with anything but latin letters counts as Chinese.
const formatName: Formatter = (field, text, rules) => {
  if (!/^[\p{Script=Han}〇A-Za-z·•.*' -]+$/u.test(text)) throw new WechatInputError(field, 'characters')
  return cutTo(text, rules.limit ?? (/^[ -~]+$/.test(text) ? 20 : 10))
}

const formatApproved: Formatter = (field, text, { approved = [] }) => {
  if (!approved.includes(text)) throw new WechatInputError(field, 'not-approved')
  return text
}

const FORMATTERS: Readonly<Record<ValueType, Formatter>> = {
  thing: words(20),
  short_thing: words(5),
  character_string: words(32, /^[ -~]+$/),
  letter: words(32, /^[A-Za-z]+$/),
  symbol: words(5, /^[\p{P}\p{S}]+$/u),
  phrase: words(5, /^[\p{Script=Han}〇]+$/u),
  name: formatName,
  // From here on a value that is cut would be another value: too long is refused.
  number: formatNumber,
  amount: formatAmount,
  phone_number: formatPhoneNumber,
  car_number: formatCarNumber,
  time: formatTime,
  date: formatDate,
  const: formatApproved,
  enum: formatApproved,
}

/**
 * The text as WeChat takes it for this type: trimmed, in one line, words cut to the limit by characters (not by UTF-16
 * units). Throws `WechatInputError` naming `field` for what would be refused with 47003.
 */
export function formatValue(type: ValueType, field: string, text: string, rules: FormatRules = {}): string {
  const value = tidy(text)
  if (value === '') throw new WechatInputError(field, 'empty')
  return FORMATTERS[type](field, value, rules)
}

/** `thing12` → `thing`. Undefined for a key of no known type, `first` and `remark` (no longer shown) among them. */
export function valueTypeOf(key: string): ValueType | undefined {
  const name = /^([a-z_]{1,20}?)\d{1,3}$/.exec(key)?.[1]
  return VALUE_TYPES.find((type) => type === name)
}
