import { z } from 'zod'
import { code } from './markdown.ts'

/** The part of JSON Schema that our settings use. */
export interface JsonSchema {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly items?: JsonSchema
  readonly const?: string
  /** Alternatives, told apart by a member with a constant. */
  readonly oneOf?: readonly JsonSchema[]
  readonly additionalProperties?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly default?: unknown
  readonly description?: string
}

export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
}

/** What one may write there, in Chinese: `整数 1–65535`, `development 或 production`. */
export function formOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return enumForm(schema.enum)
  if (schema.type === 'array') return `列表：${schema.items ? formOf(schema.items) : '任意'}`
  if (schema.type === 'integer') return integerForm(schema)
  if (schema.type === 'boolean') return '`true` 或 `false`'
  if (schema.format === 'uri') return '网址'
  if (schema.type === 'object') return '对象：名称到值'
  return '文字'
}

const LISTED_VALUES = 12

function enumForm(values: readonly string[]): string {
  const listed = values.slice(0, LISTED_VALUES).map(code).join(' 或 ')
  return values.length > LISTED_VALUES ? `${listed} 等 ${values.length} 种` : listed
}

function integerForm({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  // Zod names the limits of a safe integer where there are none of ours.
  const ours = (limit: number | undefined) =>
    limit !== undefined && Math.abs(limit) !== Number.MAX_SAFE_INTEGER ? limit : undefined
  const from = ours(minimum) ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1)
  const to = ours(maximum)
  if (from !== undefined && to !== undefined) return `整数 ${from}–${to}`
  if (from !== undefined) return `整数，不小于 ${from}`
  return to === undefined ? '整数' : `整数，不大于 ${to}`
}

export function defaultOf(schema: JsonSchema): string | undefined {
  return schema.default === undefined ? undefined : code(valueText(schema.default))
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
