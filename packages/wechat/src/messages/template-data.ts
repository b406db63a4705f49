import { Sensitive } from '@zhangyi/core'
import { WechatInputError } from '../errors.ts'
import { type FormatRules, formatValue, type ValueType, valueTypeOf } from './format-value.ts'

/** A text, or one that must not be printed; a message shows on a lock screen, so a name in it is masked by then. */
export type MessageText = string | Sensitive

/** By key as in the template, e.g. `{ thing1: '门诊退费', amount2: '12.34元' }`. */
export type TemplateTexts = Readonly<Record<string, MessageText>>

export interface TemplateRules {
  /** The approved values of `const` and `enum` keys, by key. */
  readonly approved?: Readonly<Record<string, readonly string[]>>
  readonly limits?: Partial<Record<ValueType, number>>
}

/** `data` of a template or subscribe message. Throws `WechatInputError` naming the key that would be refused. */
export function templateData(
  texts: TemplateTexts,
  { approved = {}, limits = {} }: TemplateRules = {},
): Record<string, { readonly value: string }> {
  const entries = Object.entries(texts).map(([key, text]) => {
    const type = valueTypeOf(key)
    if (!type) throw new WechatInputError(key, 'unknown-type')
    const list = Object.hasOwn(approved, key) ? approved[key] : undefined
    const limit = limits[type]
    const rules: FormatRules = { ...(list && { approved: list }), ...(limit && { limit }) }
    return [key, { value: formatValue(type, key, revealed(text), rules) }] as const
  })
  if (entries.length === 0) throw new WechatInputError('data', 'empty')
  return Object.fromEntries(entries)
}

export function revealed(text: MessageText): string {
  return text instanceof Sensitive ? text.reveal() : text
}
