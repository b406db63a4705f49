import { type Fen, formatYuan } from '@zhangyi/core'
import type { FieldSource, Template } from '../mapping/mapping-schema.ts'
import { formatAs } from '../mapping/shanghai-format.ts'
import { OPERATION_SHAPES, type ShapedOperation } from '../shapes/operation-shapes.ts'
import { type Shape, withoutOptional } from '../shapes/shape.ts'

/**
 * A made-up vendor whose dialect follows from the shapes, for tests over every operation: yuan with blanks before
 * them, dates without marks, `1` and `0`, lists in a container, empty tags.
 */
const STAMP = 'yyyyMMddHHmmss'

export const VENDOR_ANSWER = { code: 'Code', message: 'Text', ok: ['0'], empty: ['1'] } as const

export function vendorMapping(): Record<string, unknown> {
  const operations = Object.entries(OPERATION_SHAPES).map(([name, { input, output }]) => {
    const of = output.kind === 'list' || output.kind === 'optional' ? output.of : output
    const place =
      output.kind === 'list' ? { list: 'Rows.Row' } : output.kind === 'nothing' ? {} : { object: 'Data' }
    const fields = of.kind === 'record' ? { fields: fieldsOf(of.fields) } : {}
    return [
      name,
      {
        call: { code: name, path: `/v/${name.replace('.', '/')}` },
        request: { Key: '{requestKey}', ...(templateOf(input, '') as object) },
        reply: { ...place, ...fields },
      },
    ]
  })
  return {
    absent: 'empty',
    reply: VENDOR_ANSWER,
    errors: [
      { match: '重复', means: 'duplicate' },
      { match: '占用', means: 'refused', as: 'slot-taken' },
      { match: '正在操作', means: 'busy' },
    ],
    operations: {
      probe: { call: { code: 'probe', path: '/v/probe' } },
      ...Object.fromEntries(operations.filter(([name]) => !String(name).startsWith('deductions.'))),
    },
  }
}

function templateOf(shape: Shape, path: string): Template {
  const inner = withoutOptional(shape)
  switch (inner.kind) {
    case 'record':
      return Object.fromEntries(
        Object.entries(inner.fields).map(([field, of]) => [
          tag(field),
          templateOf(of, path === '' ? field : `${path}.${field}`),
        ]),
      )
    case 'list':
      return { E: { $each: path, $item: '{item}' } }
    case 'fen':
      return `{${path}|yuan}`
    case 'instant':
      return `{${path}|shanghai:${STAMP}}`
    case 'day':
      return `{${path}|shanghai:yyyyMMdd}`
    case 'flag':
      return `{${path}|map:true=1,false=0}`
    default:
      return `{${path}}`
  }
}

function fieldsOf(fields: Readonly<Record<string, Shape>>): Record<string, FieldSource> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, shape]) => [field, sourceOf(tag(field), shape)]),
  )
}

function sourceOf(from: string, shape: Shape): FieldSource {
  const inner = withoutOptional(shape)
  if (inner.kind === 'list' && inner.of.kind === 'record')
    return { list: `${from}.E`, fields: fieldsOf(inner.of.fields) }
  if (inner.kind === 'list') return `${from}.E`
  if (inner.kind === 'fen') return { from, as: 'yuan' }
  if (inner.kind === 'instant') return { from, as: `shanghai:${STAMP}` }
  if (inner.kind === 'day') return { from, as: 'shanghai:yyyyMMdd' }
  return inner.kind === 'flag' ? { from, map: { 1: true, 0: false } } : from
}

export interface VendorTree {
  readonly [tag: string]: string | VendorTree | readonly (string | VendorTree)[]
}

/** A value as this vendor says it. */
export function sayValue(shape: Shape, value: unknown): string | VendorTree {
  if (value === undefined) return ''
  const inner = withoutOptional(shape)
  switch (inner.kind) {
    case 'record':
      return Object.fromEntries(
        Object.entries(inner.fields).map(([field, of]) => [
          tag(field),
          sayValue(of, (value as Record<string, unknown>)[field]),
        ]),
      )
    case 'list': {
      const elements = (value as readonly unknown[]).map((one) => sayValue(inner.of, one))
      return elements.length === 0 ? '' : { E: elements }
    }
    case 'fen':
      return formatYuan(value as Fen).padStart(10)
    case 'count':
      return String(value).padStart(10)
    case 'instant':
      return formatAs(STAMP, String(value))
    case 'day':
      return formatAs('yyyyMMdd', String(value))
    case 'flag':
      return value === true ? '1' : '0'
    default:
      return String(value)
  }
}

/** The whole reply to an operation that went well. */
export function sayAnswer(operation: ShapedOperation, value: unknown): VendorTree {
  const { output } = OPERATION_SHAPES[operation]
  if (output.kind === 'nothing') return { Code: '0', Text: '成功' }
  if (value === undefined) return { Code: '1', Text: '没有数据' }
  if (output.kind !== 'list') return { Code: ' 0 ', Text: '', Data: sayValue(output, value) }
  const rows = (value as readonly unknown[]).map((one) => sayValue(output.of, one))
  return { Code: '0', Text: '', Rows: rows.length === 0 ? '' : { Row: rows } }
}

function tag(field: string): string {
  return `V_${field}`
}
