import type { Fen } from '@zhangyi/core'

/**
 * What a value of the port looks like, as data: the JSON wire, the check of a mapping, the check of every reply and
 * the OpenAPI document are all made from it, so that they cannot say different things.
 */
export type Shape =
  /** A key of the HIS: never empty. */
  | { readonly kind: 'id' }
  | { readonly kind: 'text' }
  /** Integer fen; negative only where it is `signed`. */
  | { readonly kind: 'fen'; readonly signed?: true }
  | { readonly kind: 'count' }
  | { readonly kind: 'flag' }
  /** ISO 8601 with an offset. */
  | { readonly kind: 'instant' }
  /** `yyyy-MM-dd`. */
  | { readonly kind: 'day' }
  /** `HH:mm`. */
  | { readonly kind: 'time' }
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'record'; readonly name: string; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly kind: 'optional'; readonly of: Shape }
  /** The answer of a change that answers no value. */
  | { readonly kind: 'nothing' }

export type RecordShape = Extract<Shape, { kind: 'record' }>

/** A shape that the compiler ties to the type it describes. */
export type ShapeOf<T> = Shape & { readonly describes?: T }

export const id: ShapeOf<string> = { kind: 'id' }
export const text: ShapeOf<string> = { kind: 'text' }
export const amount: ShapeOf<Fen> = { kind: 'fen' }
/** Lines of a cost list: what was charged by mistake is taken back in a line of its own. */
export const signedAmount: ShapeOf<Fen> = { kind: 'fen', signed: true }
export const count: ShapeOf<number> = { kind: 'count' }
export const flag: ShapeOf<boolean> = { kind: 'flag' }
export const instant: ShapeOf<string> = { kind: 'instant' }
export const day: ShapeOf<string> = { kind: 'day' }
export const time: ShapeOf<string> = { kind: 'time' }
export const nothing: ShapeOf<void> = { kind: 'nothing' }

export function oneOf<T extends string>(...values: readonly T[]): ShapeOf<T> {
  return { kind: 'one-of', values }
}

export function list<T>(of: ShapeOf<T>): ShapeOf<readonly T[]> {
  return { kind: 'list', of }
}

export function optional<T>(of: ShapeOf<T>): ShapeOf<T | undefined> {
  return { kind: 'optional', of }
}

/** Every field of `T` must be described; `name` is its name in documents. */
export function record<T>(
  name: string,
  fields: { readonly [K in keyof T]-?: ShapeOf<T[K]> },
): ShapeOf<T> & RecordShape {
  return { kind: 'record', name, fields }
}

export function withoutOptional(shape: Shape): Shape {
  return shape.kind === 'optional' ? withoutOptional(shape.of) : shape
}

/** How a field is called in JSON: an amount says its unit. */
export function wireName(field: string, shape: Shape): string {
  return withoutOptional(shape).kind === 'fen' ? `${field}Fen` : field
}
