import type { z } from 'zod'
import { PayRefusal } from '../errors.ts'

/** The input by the schema's rules, or PARAM_ERROR that names the field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, location = 'body'): z.output<S> {
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = `/${[location, ...(issue?.path ?? []), ...(unknownKey ? [unknownKey] : [])].join('/')}`
  const what = unknownKey === undefined ? (issue?.message ?? '') : '不支持的字段'
  throw new PayRefusal('PARAM_ERROR', `参数错误：${field} ${what}`, { field, issue: what, location })
}
