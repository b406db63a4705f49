import type { ScalarShape } from '../shapes/check-scalar.ts'
import { at, Malformed } from '../shapes/malformed.ts'
import { type RecordShape, type Shape, withoutOptional } from '../shapes/shape.ts'
import { convertValue, type ValueMap } from './convert-value.ts'
import { fillText, type Scope } from './fill-template.ts'
import type { FieldSource, Fields, HisMapping, NestedSource, ScalarSource } from './mapping-schema.ts'
import { parseTemplate } from './parse-template.ts'
import { readPath, readRows, type Tree } from './read-path.ts'

export interface MapContext {
  readonly mapping: Pick<HisMapping, 'maps' | 'records'>
  /** What a `value` template may name: the question and the settings. */
  readonly scope: Scope
}

/** A row of the reply as a record of the port, not yet checked: absent where the row has nothing. */
export function mapFields(
  fields: Fields,
  shape: RecordShape,
  row: Tree,
  context: MapContext,
  path = '',
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(shape.fields).map(([field, of]) => {
      const source = Object.hasOwn(fields, field) ? fields[field] : undefined
      return [
        field,
        source === undefined
          ? emptyOf(of)
          : mapSource(source, withoutOptional(of), row, context, at(path, field)),
      ]
    }),
  )
}

export function fieldsOf(fields: string | Fields, { records }: Pick<HisMapping, 'records'>): Fields {
  return typeof fields === 'string' ? (records[fields] ?? {}) : fields
}

export function isNested(source: FieldSource): source is NestedSource {
  return typeof source === 'object' && 'fields' in source
}

function emptyOf(shape: Shape): unknown {
  return shape.kind === 'list' ? [] : undefined
}

function mapSource(source: FieldSource, shape: Shape, row: Tree, context: MapContext, path: string): unknown {
  if (isNested(source)) return mapNested(source, shape, row, context, path)
  const scalar: ScalarSource = typeof source === 'string' ? { from: source } : source
  if (shape.kind === 'list') return mapScalarList(scalar, shape.of, row, context, path)
  const raw = rawOf(scalar, row, context.scope)
  if (raw === undefined) return scalar.default
  return convertValue(raw, shape as ScalarShape, conversionOf(scalar, context), path)
}

function mapNested(
  { list, object, fields }: NestedSource,
  shape: Shape,
  row: Tree,
  context: MapContext,
  path: string,
): unknown {
  const inner = fieldsOf(fields, context.mapping)
  if (list !== undefined && shape.kind === 'list' && shape.of.kind === 'record') {
    const of = shape.of
    return readRows(row, list).map((one, index) => mapFields(inner, of, one, context, at(path, index)))
  }
  const one = object === undefined ? undefined : readPath(row, object)
  if (shape.kind !== 'record' || one === undefined) return undefined
  return mapFields(inner, shape, one, context, path)
}

function mapScalarList(
  source: ScalarSource,
  of: Shape,
  row: Tree,
  context: MapContext,
  path: string,
): readonly unknown[] {
  const { from = '', split } = source
  const raws = split === undefined ? readRows(row, from) : splitText(readPath(row, from), split, path)
  return raws.map((raw, index) =>
    convertValue(raw, of as ScalarShape, conversionOf(source, context), at(path, index)),
  )
}

function splitText(raw: Tree, by: string, path: string): readonly string[] {
  if (raw === undefined) return []
  if (typeof raw !== 'string') throw new Malformed(path, 'expected a text')
  return raw
    .split(by)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function rawOf({ from, value }: ScalarSource, row: Tree, scope: Scope): unknown {
  if (from !== undefined) return readPath(row, from)
  return fillText(parseTemplate(value ?? ''), scope)
}

function conversionOf({ as, map }: ScalarSource, { mapping }: MapContext) {
  const values: ValueMap | undefined = typeof map === 'string' ? mapping.maps[map] : map
  return { as, map: values }
}
