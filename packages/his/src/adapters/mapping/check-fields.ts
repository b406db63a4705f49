import { type RecordShape, type Shape, withoutOptional } from '../shapes/shape.ts'
import { checkText, type TemplateNames } from './check-template.ts'
import { fieldsOf, isNested } from './map-fields.ts'
import type { FieldSource, Fields, HisMapping, ScalarSource } from './mapping-schema.ts'

export interface FieldCheck {
  readonly mapping: Pick<HisMapping, 'maps' | 'records'>
  readonly input: RecordShape
  readonly names: TemplateNames
  report(path: string, message: string): void
}

/** Reports fields that the port does not know, required ones without a source, and amounts without a unit. */
export function checkFields(
  fields: string | Fields | undefined,
  shape: RecordShape,
  path: string,
  check: FieldCheck,
): void {
  if (fields === undefined) {
    check.report(path, '缺少 fields')
    return
  }
  if (typeof fields === 'string' && !Object.hasOwn(check.mapping.records, fields)) {
    check.report(path, `records 里没有「${fields}」`)
    return
  }
  const given = fieldsOf(fields, check.mapping)
  for (const field of Object.keys(given))
    if (!Object.hasOwn(shape.fields, field)) check.report(`${path}.${field}`, '接口里没有这个字段')
  for (const [field, of] of Object.entries(shape.fields)) {
    const source = Object.hasOwn(given, field) ? given[field] : undefined
    if (source !== undefined) checkSource(source, withoutOptional(of), `${path}.${field}`, check)
    else if (of.kind !== 'optional' && of.kind !== 'list')
      check.report(`${path}.${field}`, '必填的字段没有来源')
  }
}

function checkSource(source: FieldSource, shape: Shape, path: string, check: FieldCheck): void {
  if (isNested(source)) {
    const of = shape.kind === 'list' ? shape.of : shape
    if (of.kind !== 'record' || (source.list === undefined) === (shape.kind === 'list'))
      check.report(path, shape.kind === 'list' ? '这个字段要用 list' : '这个字段不能写 fields')
    else checkFields(source.fields, of, `${path}.fields`, check)
    return
  }
  const scalar: ScalarSource = typeof source === 'string' ? { from: source } : source
  if (shape.kind === 'record' || (shape.kind === 'list' && shape.of.kind === 'record'))
    check.report(path, '这个字段要写 { "list" 或 "object", "fields" }')
  else checkScalarSource(scalar, shape, path, check)
}

function checkScalarSource(source: ScalarSource, shape: Shape, path: string, check: FieldCheck): void {
  const { as, map, value, split } = source
  if (typeof map === 'string' && !Object.hasOwn(check.mapping.maps, map))
    check.report(path, `maps 里没有「${map}」`)
  if (value !== undefined) checkText(value, check.input, check.names, path, check.report)
  if (split !== undefined && shape.kind !== 'list') check.report(path, 'split 只能用于列表')
  if (shape.kind === 'fen' && as !== 'yuan' && as !== 'fen')
    check.report(path, '金额要写明单位："as": "yuan" 或 "as": "fen"')
  if (shape.kind !== 'fen' && (as === 'yuan' || as === 'fen')) check.report(path, '这个字段不是金额')
  if (as?.startsWith('shanghai:') && !['instant', 'day', 'time'].includes(shape.kind))
    check.report(path, '这个字段不是时间')
  const values = typeof map === 'string' ? check.mapping.maps[map] : map
  if (shape.kind !== 'one-of' || values === undefined) return
  for (const [from, to] of Object.entries(values))
    if (typeof to !== 'string' || !shape.values.includes(to))
      check.report(path, `「${from}」对应的「${to}」不在 ${shape.values.join('、')} 之中`)
}
