import { isRecord } from '../platform/api-error.ts'

/** Takes what came over the network and gives it back with its type, or throws. */
export type Reader<T> = (value: unknown) => T

export class Unreadable extends Error {}

export const text: Reader<string> = (value) => {
  if (typeof value !== 'string') throw new Unreadable('text')
  return value
}

export const flag: Reader<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new Unreadable('flag')
  return value
}

export const count: Reader<number> = (value) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Unreadable('count')
  return value
}

/** An answer without content (204). */
export const nothing: Reader<undefined> = () => undefined

export function oneOf<const T extends string>(...values: readonly T[]): Reader<T> {
  return (value) => {
    const found = values.find((one) => one === value)
    if (found === undefined) throw new Unreadable(`one of ${values.join()}`)
    return found
  }
}

export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : reader(value))
}

/** Of a field that not every gateway has: absent is null. */
export function orAbsent<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === undefined || value === null ? null : reader(value))
}

export function listOf<T>(reader: Reader<T>): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Unreadable('list')
    return value.map(reader)
  }
}

/**
 * A list whose entries may be of a kind that only a newer gateway knows: those are left out. Mini programs
 * are updated days after the gateway.
 */
export function listOfKnown<T>(reader: Reader<T>): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Unreadable('list')
    return value.flatMap((one) => {
      try {
        return [reader(one)]
      } catch {
        return []
      }
    })
  }
}

type Shape = Readonly<Record<string, Reader<unknown>>>

export function record<S extends Shape>(shape: S): Reader<{ [K in keyof S]: ReturnType<S[K]> }> {
  return (value) => {
    if (!isRecord(value)) throw new Unreadable('record')
    const pairs = Object.entries(shape).map(([key, reader]) => [key, reader(value[key])] as const)
    // Every key of the shape went through its reader; Object.fromEntries forgets which.
    return Object.fromEntries(pairs) as { [K in keyof S]: ReturnType<S[K]> }
  }
}
