import { type Fen, formatYuan } from '@zhangyi/core'
import { WechatInputError } from '../errors.ts'

/** Digits, with decimals or not, 32 characters at most. */
export function formatNumber(field: string, text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new WechatInputError(field, 'characters')
  return atMost(field, text, 32)
}

/** At most ten digits, decimals included, a currency sign before them and 元 behind them if wanted. */
export function formatAmount(field: string, text: string): string {
  if (!/^[¥￥$€£]?\d+(\.\d{1,2})?元?$/.test(text)) throw new WechatInputError(field, 'form')
  if (text.replace(/\D/g, '').length > 10) throw new WechatInputError(field, 'too-long')
  return text
}

/** `1234` fen → `12.34元`, for an `amount`. Throws `WechatInputError` below zero. */
export function amountValue(field: string, amount: Fen): string {
  if (amount < 0) throw new WechatInputError(field, 'range')
  return formatAmount(field, `${formatYuan(amount)}元`)
}

/** Digits and the signs of a phone number, 17 characters at most. A masked one belongs into a `character_string`. */
export function formatPhoneNumber(field: string, text: string): string {
  if (!/^[\d+() -]*\d[\d+() -]*$/.test(text)) throw new WechatInputError(field, 'characters')
  return atMost(field, text, 17)
}

/** Eight characters at most; Chinese only at its two ends (粤A8Z888挂). The dot of a plate is left out. */
export function formatCarNumber(field: string, text: string): string {
  const number = text.replace(/[· ]/g, '')
  if (!/^[\p{Script=Han}A-Z0-9][A-Z0-9]{4,}[\p{Script=Han}A-Z0-9]$/u.test(number))
    throw new WechatInputError(field, 'characters')
  return atMost(field, number, 8)
}

function atMost(field: string, text: string, limit: number): string {
  if (Array.from(text).length > limit) throw new WechatInputError(field, 'too-long')
  return text
}
