import { applyFilter, TemplateFailure } from './apply-filter.ts'
import type { Template } from './mapping-schema.ts'
import { type Piece, parseTemplate } from './parse-template.ts'

export interface Scope {
  readonly [name: string]: unknown
}

/** A filled template: what a transport can write. */
export type Filled = string | number | boolean | null | readonly Filled[] | { readonly [k: string]: Filled }

/**
 * Puts the values of the question into a template. A text whose placeholders are all absent is absent; an object or
 * list all of whose members are absent, too. `absent: 'empty'` keeps their members with an empty text instead.
 *
 * `{ "$each": "billIds", "$item": … }` becomes a list, with each element as `{item}`.
 */
export function fillTemplate(template: Template, scope: Scope, absent: 'omit' | 'empty'): Filled | undefined {
  if (typeof template === 'string') return fillText(parseTemplate(template), scope) ?? blank(absent)
  if (typeof template !== 'object' || template === null) return template
  if (isList(template)) return allPresent(template.map((one) => fillTemplate(one, scope, absent)))
  const { $each, $item } = template
  if (typeof $each === 'string' && $item !== undefined) {
    const elements = valueAt(scope, $each)
    if (elements === undefined) return blank(absent)
    if (!Array.isArray(elements)) throw new TemplateFailure('$each is not a list')
    return allPresent(elements.map((item) => fillTemplate($item, { ...scope, item }, absent)))
  }
  const members = Object.entries(template).map(
    ([name, member]) => [name, fillTemplate(member, scope, absent)] as const,
  )
  const present = members.filter((entry): entry is readonly [string, Filled] => entry[1] !== undefined)
  if (present.length === 0 && members.length > 0) return undefined
  return Object.fromEntries(present)
}

/** A template that is one text, as for a value of a reply that is made of the question. */
export function fillText(pieces: readonly Piece[], scope: Scope): Filled | undefined {
  const [first] = pieces
  if (pieces.length === 1 && first?.kind === 'placeholder') return scalar(resolve(first, scope))
  const values = pieces.map((piece) => (piece.kind === 'text' ? piece.text : resolve(piece, scope)))
  const placeholders = values.filter((_, index) => pieces[index]?.kind === 'placeholder')
  if (placeholders.length > 0 && placeholders.every((value) => value === undefined)) return undefined
  return values.map((value) => (value === undefined ? '' : String(scalar(value)))).join('')
}

function resolve(piece: Extract<Piece, { kind: 'placeholder' }>, scope: Scope): unknown {
  return piece.filters.reduce<unknown>(applyFilter, valueAt(scope, piece.path))
}

export function valueAt(scope: Scope, path: string): unknown {
  let here: unknown = scope
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[name]
  }
  return here === null ? undefined : here
}

function scalar(value: unknown): string | number | boolean | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  throw new TemplateFailure('a placeholder of a list or an object')
}

function blank(absent: 'omit' | 'empty'): '' | undefined {
  return absent === 'empty' ? '' : undefined
}

function allPresent(members: readonly (Filled | undefined)[]): readonly Filled[] | undefined {
  const present = members.filter((member) => member !== undefined)
  return present.length === 0 && members.length > 0 ? undefined : present
}

function isList(template: Template): template is readonly Template[] {
  return Array.isArray(template)
}
