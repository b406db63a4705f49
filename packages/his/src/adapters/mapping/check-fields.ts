import { checkScalar, type ScalarShape } from '../shapes/check-scalar.ts'
import { type RecordShape, type Shape, withoutOptional } from '../shapes/shape.ts'
import { checkText, shapeAt, type TemplateNames } from './check-template.ts'
import { fieldsOf, isNested } from './map-fields.ts'
import type { FieldSource, Fields, HisMapping, ScalarSource } from './mapping-schema.ts'
import { type Piece, parseTemplate } from './parse-template.ts'

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
  const report = (message: string) => check.report(path, message)
  if (typeof map === 'string' && !Object.hasOwn(check.mapping.maps, map))
    check.report(path, `maps 里没有「${map}」`)
  if (value !== undefined) checkText(value, check.input, check.names, path, check.report)
  if (split !== undefined && shape.kind !== 'list') check.report(path, 'split 只能用于列表')
  if (shape.kind === 'fen' && as !== 'yuan' && as !== 'fen')
    check.report(path, '金额要写明单位："as": "yuan" 或 "as": "fen"')
  if (shape.kind !== 'fen' && (as === 'yuan' || as === 'fen')) check.report(path, '这个字段不是金额')
  if (as?.startsWith('shanghai:') && !['instant', 'day', 'time'].includes(shape.kind))
    check.report(path, '这个字段不是时间')
  if (shape.kind === 'fen' && value !== undefined) checkUnitOf(value, as, path, check)
  const { default: preset } = source
  if (preset !== undefined && shape.kind === 'fen' && preset !== 0)
    report('金额的 default 只能是 0：它没有单位')
  else if (preset !== undefined && !fits(shape, preset)) report('default 不是这个字段能有的值')
  const values = typeof map === 'string' ? check.mapping.maps[map] : map
  // A state that nobody knows must stay unknown: "released" pays again, "cancelled" pays back.
  if (
    path.endsWith('.state') &&
    (preset !== undefined || (values !== undefined && Object.hasOwn(values, '*')))
  )
    report('状态不能用 default 或「*」：认不出的状态是「不明」，不能当成某一种')
  if (values === undefined) return
  if (shape.kind === 'fen') report('金额不能用 map')
  const isFlag = shape.kind === 'flag'
  if (Object.values(values).some((to) => (typeof to === 'boolean') !== isFlag))
    report(isFlag ? '这个字段的 map 只能给出 true 或 false' : '这个字段的 map 不能给出 true 或 false')
  if (shape.kind !== 'one-of') return
  for (const [from, to] of Object.entries(values))
    if (typeof to !== 'string' || !shape.values.includes(to))
      check.report(path, `「${from}」对应的「${to}」不在 ${shape.values.join('、')} 之中`)
}

/** An amount of the question put into the answer: written in one unit and read in another it would be a hundredfold. */
function checkUnitOf(value: string, as: string | undefined, path: string, check: FieldCheck): void {
  let pieces: readonly Piece[]
  try {
    pieces = parseTemplate(value)
  } catch {
    return
  }
  for (const piece of pieces) {
    if (piece.kind !== 'placeholder' || shapeAt(check.input, piece.path)?.kind !== 'fen') continue
    if (piece.filters[0]?.name !== as) check.report(path, `金额写成 ${piece.filters[0]?.name}，却按 ${as} 读`)
  }
}

function fits(shape: Shape, value: unknown): boolean {
  if (shape.kind === 'list' || shape.kind === 'record' || shape.kind === 'nothing') return false
  try {
    checkScalar(shape as ScalarShape, value, '')
    return true
  } catch {
    return false
  }
}
