/** The part of JSON Schema that the bodies of our interface use. */
export interface BodySchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, BodySchema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly BodySchema[]
  readonly oneOf?: readonly BodySchema[]
  readonly allOf?: readonly BodySchema[]
  readonly items?: BodySchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly minLength?: number
}

/** Of what a pattern asks for; the first that fits is taken. */
const TEXTS = [
  '按规定核对过',
  'AB12345678',
  '12345678',
  '2026-11-20',
  '08:00',
  'key_0123456789abcdef',
  'none',
]

/** The smallest body that a route takes: what it asks for, and nothing that it does not. */
export function bodyOf(schema: BodySchema, name = ''): unknown {
  const { anyOf, oneOf, properties } = schema
  const choice = anyOf?.[0] ?? oneOf?.[0]
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (choice) return bodyOf(choice, name)
  if (properties)
    return Object.fromEntries((schema.required ?? []).map((one) => [one, bodyOf(properties[one] ?? {}, one)]))
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.type === 'boolean') return true
  if (schema.type === 'array') return schema.items ? [bodyOf(schema.items)] : []
  return textOf(schema, name)
}

function textOf({ pattern, allOf = [], format, minLength = 1 }: BodySchema, name: string): string {
  if (format === 'date' || /(?:From|To|[Dd]ay|[Dd]ate)$/.test(name)) return '2026-11-20'
  const patterns = [pattern, ...allOf.map((one) => one.pattern)].flatMap((one) =>
    one === undefined ? [] : [new RegExp(one, 'su')],
  )
  return (
    TEXTS.find((text) => text.length >= minLength && patterns.every((one) => one.test(text))) ??
    'x'.repeat(minLength)
  )
}
