import { fen, parseYuan } from '@zhangyi/core'
import type { ScalarShape } from '../shapes/check-scalar.ts'
import { Malformed } from '../shapes/malformed.ts'
import { parseAs } from './shanghai-format.ts'

export type ValueMap = Readonly<Record<string, string | boolean>>

export interface Conversion {
  readonly as: string | undefined
  readonly map: ValueMap | undefined
}

/** A text, number or boolean of the HIS as a value of the port; throws `Malformed`, which never quotes the value. */
export function convertValue(
  raw: unknown,
  shape: ScalarShape,
  { as, map }: Conversion,
  path: string,
): unknown {
  const text = textOf(raw, path)
  if (map !== undefined) {
    const mapped = Object.hasOwn(map, text) ? map[text] : map['*']
    if (mapped === undefined) throw new Malformed(path, 'a value that the map lacks')
    return mapped
  }
  if (as?.startsWith('shanghai:')) return dateOf(text, as.slice('shanghai:'.length), shape, path)
  switch (as) {
    case 'yuan':
      return yuanOf(text, path)
    case 'fen':
      return fen(integerOf(text, path))
    case 'int':
      return integerOf(text, path)
    default:
      if (shape.kind === 'flag') return flagOf(text, path)
      return shape.kind === 'count' ? integerOf(text, path) : text
  }
}

function textOf(raw: unknown, path: string): string {
  if (typeof raw === 'string') return raw.trim()
  if (typeof raw === 'boolean') return String(raw)
  // A long number of JSON was rounded when it was read; as somebody's number it would be another person's.
  if (typeof raw === 'number' && (!Number.isInteger(raw) || Number.isSafeInteger(raw))) return String(raw)
  throw new Malformed(path, 'expected a text')
}

function yuanOf(text: string, path: string): number {
  try {
    // Databases print four decimals; only zeros may stand behind the fen.
    return parseYuan(text.replace(/^(-?\d+\.\d\d)0+$/, '$1'))
  } catch {
    throw new Malformed(path, 'expected an amount in yuan')
  }
}

function integerOf(text: string, path: string): number {
  const number = Number(text)
  if (!/^-?\d{1,15}$/.test(text) || !Number.isSafeInteger(number))
    throw new Malformed(path, 'expected an integer')
  return number
}

function flagOf(text: string, path: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Malformed(path, 'expected true or false')
  return text === 'true'
}

function dateOf(text: string, format: string, shape: ScalarShape, path: string): string {
  const kind = shape.kind === 'day' || shape.kind === 'time' ? shape.kind : 'instant'
  const value = parseAs(format, text, kind)
  if (value === undefined) throw new Malformed(path, `expected ${format}`)
  return value
}
