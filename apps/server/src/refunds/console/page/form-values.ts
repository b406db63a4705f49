import { FenError, parseYuan } from '@zhangyi/core'
import type { z } from 'zod'
import { badInput } from '../../../platform/errors/catalogue.ts'
import type { Form } from '../../../platform/http/read-form.ts'

/** What a schema of the interface makes of it; throws `bad-input` with the schema's own words. */
export function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw badInput(
    ...result.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? 'body'), message })),
  )
}

export function yuanOf(form: Form, name: string): number {
  try {
    return parseYuan((form.get(name) ?? '').replace(/[,，\s]/g, ''))
  } catch (error) {
    if (!(error instanceof FenError)) throw error
    throw badInput({ field: name, message: '金额写成元，最多两位小数，如 386.50' })
  }
}

/** A field that may stay empty. */
export function textOf(form: Form, name: string): string | undefined {
  const text = form.get(name)?.trim() ?? ''
  return text === '' ? undefined : text
}

export function idOf(form: Form, name: string): string {
  const id = form.get(name) ?? ''
  if (id === '' || id.length > 64)
    throw badInput({ field: name, message: '没有读懂是哪一笔，请刷新页面再试' })
  return id
}
