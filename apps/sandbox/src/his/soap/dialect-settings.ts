import { z } from 'zod'

/** What differs from one installation of this vendor to the next. */
export interface DialectSettings {
  /** GB18030 has every character of Unicode; GBK lacks the rare ones of names. */
  readonly charset: 'gbk' | 'gb18030' | 'utf-8'
  /** How the inner XML stands in the string of the reply. */
  readonly inner: 'escaped' | 'cdata'
  /** Whether the XML declarations of the reply name the charset that the bytes have. */
  readonly declaration: 'right' | 'wrong' | 'none'
  /** What a serial number that came before, with the same content, is answered with. */
  readonly repeats: 'replay' | 'duplicate'
}

export const DEFAULT_DIALECT: DialectSettings = {
  charset: 'gbk',
  inner: 'escaped',
  declaration: 'right',
  repeats: 'replay',
}

/** The members that an action or an address may change. */
export const dialectChange = z.object({
  charset: z.enum(['gbk', 'gb18030', 'utf-8']).optional(),
  inner: z.enum(['escaped', 'cdata']).optional(),
  declaration: z.enum(['right', 'wrong', 'none']).optional(),
  repeats: z.enum(['replay', 'duplicate']).optional(),
})

export function changeDialect(
  settings: DialectSettings,
  change: z.output<typeof dialectChange>,
): DialectSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}
