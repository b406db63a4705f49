import { type RecordShape, type Shape, withoutOptional } from '../shapes/shape.ts'
import type { Template } from './mapping-schema.ts'
import { type Piece, parseTemplate } from './parse-template.ts'

/** Extra names that a template may use besides the question's fields. */
export interface TemplateNames {
  readonly settings: ReadonlySet<string>
  readonly requestKey: boolean
  readonly each: Shape | undefined
}

type Report = (path: string, message: string) => void

/** Reports every placeholder that names nothing, and every amount without a unit. */
export function checkTemplate(
  template: Template | undefined,
  input: RecordShape,
  names: TemplateNames,
  path: string,
  report: Report,
  item?: Shape,
): void {
  if (typeof template === 'string') checkText(template, input, names, path, report, item)
  if (typeof template !== 'object' || template === null) return
  const each = (template as Readonly<Record<string, Template>>)['$each']
  if (typeof each === 'string') {
    const of = shapeAt(input, each)
    const members = Object.keys(template)
    if (members.length !== 2 || !members.includes('$item'))
      report(path, '$each 要和 $item 一起写，不能有别的成员')
    if (of?.kind !== 'list') report(`${path}.$each`, `「${each}」不是这个操作的列表字段`)
    else
      checkTemplate(
        (template as Readonly<Record<string, Template>>)['$item'],
        input,
        names,
        `${path}.$item`,
        report,
        of.of,
      )
    return
  }
  for (const [name, member] of Object.entries(template))
    checkTemplate(member as Template, input, names, `${path}.${name}`, report, item)
}

export function checkText(
  text: string,
  input: RecordShape,
  names: TemplateNames,
  path: string,
  report: Report,
  item?: Shape,
): void {
  let pieces: readonly Piece[]
  try {
    pieces = parseTemplate(text)
  } catch (error) {
    report(path, (error as Error).message)
    return
  }
  for (const piece of pieces) {
    if (piece.kind === 'text') continue
    const shape = shapeOfName(piece.path, input, names, item)
    if (shape === undefined) {
      report(path, missing(piece.path, input))
      continue
    }
    const filters = new Set<string>(piece.filters.map(({ name }) => name))
    if (shape.kind === 'fen' && !filters.has('yuan') && !filters.has('fen'))
      report(path, `金额「${piece.path}」要写明单位：{${piece.path}|yuan} 或 {${piece.path}|fen}`)
    const units = piece.filters.flatMap(({ name }, index) =>
      name === 'yuan' || name === 'fen' ? [index] : [],
    )
    if (
      shape.kind === 'fen' &&
      units.length > 0 &&
      (units.length > 1 || units[0] !== 0 || filters.has('map'))
    )
      report(path, `金额「${piece.path}」的单位写在第一个，只写一次，不能再用 map`)
    if (shape.kind !== 'fen' && (filters.has('yuan') || filters.has('fen')))
      report(path, `「${piece.path}」不是金额`)
    if (filters.has('shanghai') && shape.kind !== 'instant' && shape.kind !== 'day')
      report(path, `「${piece.path}」不是时间`)
    if ((shape.kind === 'list') !== filters.has('join'))
      report(path, shape.kind === 'list' ? `列表「${piece.path}」要用 join 或 $each` : 'join 只能用于列表')
    if (shape.kind === 'record') report(path, `「${piece.path}」是一个对象，请写到它的字段`)
  }
}

function missing(path: string, input: RecordShape): string {
  if (path.startsWith('settings.')) return `没有给出设置「${path.slice('settings.'.length)}」`
  return `没有名为「${path}」的值；这个操作有：${Object.keys(input.fields).join('、') || '（无）'}`
}

const TEXT: Shape = { kind: 'text' }

function shapeOfName(
  path: string,
  input: RecordShape,
  names: TemplateNames,
  item: Shape | undefined,
): Shape | undefined {
  if (path === 'requestKey') return names.requestKey ? TEXT : undefined
  if (path === 'now') return { kind: 'instant' }
  if (path === 'each') return names.each
  if (path === 'item') return item
  if (path.startsWith('settings.')) return names.settings.has(path.slice(9)) ? TEXT : undefined
  return shapeAt(input, path)
}

/** The shape of `payment.amount` or `idNumbers.0` in a question. */
export function shapeAt(input: RecordShape, path: string): Shape | undefined {
  let here: Shape | undefined = input
  for (const name of path.split('.')) {
    if (here?.kind === 'record') here = Object.hasOwn(here.fields, name) ? here.fields[name] : undefined
    else if (here?.kind === 'list') here = /^\d+$/.test(name) ? here.of : undefined
    else return undefined
    if (here !== undefined) here = withoutOptional(here)
  }
  return here
}

/** Whether any text of a template holds the placeholder, so that different values are sent differently. */
export function mentions(template: Template | undefined, name: string): boolean {
  if (typeof template === 'string')
    return piecesOf(template).some(
      (piece) =>
        piece.kind === 'placeholder' &&
        piece.path === name &&
        piece.filters.every((filter) => filter.name !== 'map'),
    )
  if (typeof template !== 'object' || template === null) return false
  return Object.values(template).some((member) => mentions(member as Template, name))
}

/** What is no template is reported where it stands. */
function piecesOf(text: string): readonly Piece[] {
  try {
    return parseTemplate(text)
  } catch {
    return []
  }
}
