import type { Fen } from '@zhangyi/core'
import { WechatPayInputError } from './errors.ts'

const OUT_BILL_NO = /^[0-9A-Za-z]{1,32}$/
const OUT_TRADE_NO = /^[0-9A-Za-z_\-|*]{6,32}$/
const OUT_REFUND_NO = /^[0-9A-Za-z_\-|*@]{1,64}$/
const PLATFORM_NUMBER = /^[0-9A-Za-z_-]{1,64}$/

/** 商户单号: letters and digits only; a hyphenated UUID is refused. */
export function checkOutBillNo(value: string): string {
  return match('out_bill_no', value, OUT_BILL_NO, '1–32 letters and digits')
}

export function checkOutTradeNo(value: string): string {
  return match('out_trade_no', value, OUT_TRADE_NO, '6–32 of letters, digits, _ - | *')
}

export function checkOutRefundNo(value: string): string {
  return match('out_refund_no', value, OUT_REFUND_NO, '1–64 of letters, digits, _ - | * @')
}

/** A number that WeChat Pay gave. */
export function checkPlatformNumber(field: string, value: string): string {
  return match(field, value, PLATFORM_NUMBER, '1–64 letters and digits')
}

export function checkOpenid(value: string): string {
  return match('openid', value, /^[\x21-\x7e]{1,64}$/, '1–64 printable characters')
}

/** A text of 1 to `max` UTF-16 units without control characters: never fewer units than characters, so it is safe. */
export function checkText(field: string, value: string, max: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new WechatPayInputError(field, 'control characters')
  if (value.trim() === '' || value.length > max)
    throw new WechatPayInputError(field, `not 1–${max} characters`)
  return value
}

export function checkAmount(field: string, amountFen: Fen, minFen: number): number {
  if (!Number.isSafeInteger(amountFen) || amountFen < minFen)
    throw new WechatPayInputError(field, `below ${minFen} fen, or not an amount in fen`)
  return amountFen
}

/** A public https URL without query string or login, as callbacks want it. */
export function checkNotifyUrl(value: string, allowLocal = false): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const local = allowLocal && url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
  const usable = url && (url.protocol === 'https:' || local) && !/[?#@]/.test(value) && value.length <= 256
  if (!usable)
    throw new WechatPayInputError('notify_url', 'not an https URL without query, at most 256 characters')
  return value
}

/** A day that exists, as `yyyy-MM-dd`. */
export function checkDay(field: string, value: string): string {
  const ms = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  // Some engines roll 31 April over into May; written back it must be the same day.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== value)
    throw new WechatPayInputError(field, 'not a day as yyyy-MM-dd')
  return value
}

export function checkOneOf<T extends string>(field: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new WechatPayInputError(field, `not one of ${allowed.join(', ')}`)
  return found
}

function match(field: string, value: string, pattern: RegExp, wanted: string): string {
  if (!pattern.test(value)) throw new WechatPayInputError(field, `not ${wanted}`)
  return value
}
