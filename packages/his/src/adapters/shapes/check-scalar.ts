import { isRealDate } from '@zhangyi/core'
import { Malformed } from './malformed.ts'
import type { Shape } from './shape.ts'

export type ScalarShape = Exclude<Shape, { kind: 'list' | 'record' | 'optional' | 'nothing' }>

// A longer text is a mistake or an attack: the longest honest one is the finding of an examination.
export const MAX_TEXT = 20_000
export const MAX_ID = 256
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** The value as it was, if it is of the shape; throws `Malformed`. */
export function checkScalar(shape: ScalarShape, value: unknown, path: string): unknown {
  if (!fits(shape, value)) throw new Malformed(path, `expected ${nameOf(shape)}`)
  return value
}

function fits(shape: ScalarShape, value: unknown): boolean {
  switch (shape.kind) {
    case 'fen':
      return Number.isSafeInteger(value) && (shape.signed === true || (value as number) >= 0)
    case 'count':
      return Number.isSafeInteger(value) && (value as number) >= 0
    case 'flag':
      return typeof value === 'boolean'
    case 'id':
      return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_ID
    case 'text':
      return typeof value === 'string' && value.length <= MAX_TEXT
    case 'instant':
      return typeof value === 'string' && INSTANT.test(value) && isRealInstant(value)
    case 'day':
      return typeof value === 'string' && isRealDate(value)
    case 'time':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
    case 'one-of':
      return typeof value === 'string' && shape.values.includes(value)
  }
}

// `Date.parse` takes 30 February for 2 March.
function isRealInstant(text: string): boolean {
  return isRealDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
}

function nameOf(shape: ScalarShape): string {
  return shape.kind === 'one-of' ? `one of ${shape.values.join(', ')}` : shape.kind
}
