import * as z from 'zod'
import { ALL_OPERATIONS, type HisOperation } from '../../operations.ts'

/** What an error of the HIS means to the gateway; what no rule knows is never a refusal. */
export const MEANINGS = [
  /** The HIS says that it came before: query. */
  'duplicate',
  /** The same number with other content: not done. */
  'key-reused',
  /** Not done; `as` says why in the port's words, e.g. `slot-taken`. */
  'refused',
  'not-found',
  /** Somebody else holds a lock: ask again later, with the same request key. */
  'busy',
  /** Nobody can say: maintenance, a failure inside the HIS. */
  'unavailable',
  /** The answer of a question without a result. */
  'empty',
  /** The work was done before; only for changes that answer no value. */
  'done',
] as const
export type Meaning = (typeof MEANINGS)[number]

const pattern = z.string().min(1).refine(isPattern, '不是有效的正则表达式')
const path = z.string().min(1)
const word = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, '只能用小写字母、数字和 -')
const code = z.union([z.string(), z.array(z.string()).min(1)])

const errorRule = z
  .strictObject({
    code: code.optional(),
    match: pattern.optional(),
    means: z.enum(MEANINGS),
    as: word.optional(),
  })
  .refine((rule) => rule.code !== undefined || rule.match !== undefined, 'code 和 match 至少要写一个')
export type ErrorRule = z.infer<typeof errorRule>

export const CONVERSIONS = /^(text|int|fen|yuan|shanghai:[yMdHms\-/:. T年月日时分秒]+)$/
const conversion = z.string().regex(CONVERSIONS, '转换只能是 text、int、fen、yuan 或 shanghai:格式')
const constant = z.union([z.string(), z.number(), z.boolean()])
const valueMap = z.record(z.string(), z.union([z.string(), z.boolean()]))

/** Where a scalar comes from: a path of the reply, or a value made of the question. */
const scalarSource = z
  .strictObject({
    from: path.optional(),
    value: z.string().optional(),
    as: conversion.optional(),
    /** A name of `maps`, or the map itself; `*` is for every other value. */
    map: z.union([z.string(), valueMap]).optional(),
    default: constant.optional(),
    /** The text holds a list, parted by this. */
    split: z.string().min(1).optional(),
  })
  .refine((one) => (one.from === undefined) !== (one.value === undefined), 'from 和 value 要写且只写一个')
export type ScalarSource = z.infer<typeof scalarSource>

export interface NestedSource {
  readonly list?: string | undefined
  readonly object?: string | undefined
  readonly fields: string | Fields
}
export type FieldSource = string | ScalarSource | NestedSource
export type Fields = Readonly<Record<string, FieldSource>>

const fields: z.ZodType<Fields> = z.lazy(() => z.record(z.string(), fieldSource))
const fieldsOrName = z.union([z.string(), fields])
const nestedSource: z.ZodType<NestedSource> = z
  .strictObject({ list: path.optional(), object: path.optional(), fields: fieldsOrName })
  .refine((one) => (one.list === undefined) !== (one.object === undefined), 'list 和 object 要写且只写一个')
const fieldSource: z.ZodType<FieldSource> = z.lazy(() => z.union([path, scalarSource, nestedSource]))

const verdictPaths = {
  /** Where the HIS's result code is. */
  code: path.optional(),
  message: path.optional(),
  ok: z.array(z.string()).min(1).optional(),
  empty: z.array(z.string()).optional(),
}

export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [k: string]: Template }
const template: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(template), z.record(z.string(), template)]),
)

const call = z.strictObject({
  /** SOAP: the trade or function code. */
  code: z.string().optional(),
  soapAction: z.string().optional(),
  method: z.enum(['POST', 'PUT', 'GET']).optional(),
  /** REST; without placeholders, because an address ends up in logs. */
  path: z
    .string()
    .regex(/^\/[\w\-./~]*$/, '路径以 / 开头，不能含参数：地址会进日志')
    .optional(),
})
export type CallTarget = z.infer<typeof call>

const operation = z.strictObject({
  call,
  /** Asks once for each element of this list of the question and puts the lists of the replies together. */
  each: path.optional(),
  /** Field of the result that tells rows of several replies apart. */
  distinctBy: path.optional(),
  request: template.optional(),
  reply: z
    .strictObject({
      ...verdictPaths,
      list: path.optional(),
      object: path.optional(),
      fields: fieldsOrName.optional(),
    })
    .optional(),
  errors: z.array(errorRule).optional(),
  /** The HIS takes no number of ours: a repetition would act twice. Say so, or the mapping is refused. */
  withoutRequestKey: z.literal(true).optional(),
})
export type OperationMapping = z.infer<typeof operation>

const operationNames = ALL_OPERATIONS.map(([name]) => name) as [HisOperation, ...HisOperation[]]

export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  /** How a value that is absent is sent: its member left out, or empty. */
  absent: z.enum(['omit', 'empty']).default('omit'),
  /** Members of every request. */
  common: z.record(z.string(), template).default({}),
  reply: z.strictObject(verdictPaths).default({}),
  errors: z.array(errorRule).default([]),
  maps: z.record(z.string(), valueMap).default({}),
  /** Blocks of fields that several operations answer. */
  records: z.record(z.string(), fields).default({}),
  operations: z.partialRecord(z.enum(operationNames), operation),
})

/** How the operations of the port are said to one HIS, whatever the protocol. */
export type HisMapping = z.infer<typeof mappingSchema>

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}
