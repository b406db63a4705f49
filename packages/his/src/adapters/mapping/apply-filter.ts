import { type Fen, fen, formatYuan } from '@zhangyi/core'
import type { Filter } from './parse-template.ts'
import { formatAs } from './shanghai-format.ts'

/** A value of the question that a template cannot say; names the filter only. */
export class TemplateFailure extends Error {
  override readonly name = 'TemplateFailure'
}

/** `undefined` stays absent, except through `or`. */
export function applyFilter(value: unknown, { name, argument }: Filter): unknown {
  if (value === undefined) return name === 'or' ? argument : undefined
  switch (name) {
    case 'yuan':
      return formatYuan(amountOf(value))
    case 'fen':
      return String(amountOf(value))
    case 'shanghai':
      return formatAs(argument, String(value))
    case 'map':
      return mapped(String(value), argument)
    case 'join':
      return joined(value, argument)
    case 'upper':
      return String(value).toUpperCase()
    case 'number':
      return numberOf(value)
    case 'or':
      return value
  }
}

function amountOf(value: unknown): Fen {
  if (typeof value !== 'number') throw new TemplateFailure('not an amount')
  return fen(value)
}

function mapped(value: string, argument: string): string {
  const pairs = new Map(argument.split(',').map((pair) => pair.split('=') as [string, string]))
  const other = pairs.get(value) ?? pairs.get('*')
  if (other === undefined) throw new TemplateFailure('a value that the map lacks')
  return other
}

function joined(value: unknown, by: string): string {
  if (!Array.isArray(value)) throw new TemplateFailure('not a list')
  // A number that contains the separator would become two numbers for the HIS.
  if (value.some((one) => String(one).includes(by)))
    throw new TemplateFailure('an element holds the separator')
  return value.join(by)
}

function numberOf(value: unknown): number {
  const text = String(value)
  const number = Number(value)
  if (text.trim() === '' || !Number.isFinite(number)) throw new TemplateFailure('not a number')
  // A long number would be rounded: somebody else's document.
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new TemplateFailure('too long a number')
  return number
}
