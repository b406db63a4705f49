import { type Fen, fen } from '@zhangyi/core'

export type Members = Readonly<Record<string, unknown>>

/** Verified bytes that are not what the contract says. Names the member, never its value. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
  constructor(member: string) {
    super(`malformed: ${member}`)
  }
}

/** JSON object of raw bytes; undefined for anything else. */
export function parseMembers(rawBody: Uint8Array): Members | undefined {
  try {
    // Fatal: a name in a wrong encoding must not be stored as question marks.
    return membersOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)))
  } catch {
    return undefined
  }
}

export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined
}

export function requiredMembers(members: Members, name: string): Members {
  return membersOf(members[name]) ?? malformed(name)
}

export function requiredText(members: Members, name: string): string {
  return optionalText(members, name) ?? malformed(name)
}

/** Absent, null and empty are the same; another type is malformed. */
export function optionalText(members: Members, name: string): string | undefined {
  const value = members[name]
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : malformed(name)
}

/** An amount of a payment: integer fen, not negative. */
export function requiredFen(members: Members, name: string): Fen {
  return optionalFen(members, name) ?? malformed(name)
}

export function optionalFen(members: Members, name: string): Fen | undefined {
  const value = members[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? fen(value) : malformed(name)
}

/** RFC 3339 → ms since 1970. */
export function requiredTimeMs(members: Members, name: string): number {
  return optionalTimeMs(members, name) ?? malformed(name)
}

export function optionalTimeMs(members: Members, name: string): number | undefined {
  const text = optionalText(members, name)
  if (text === undefined) return undefined
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? malformed(name) : ms
}

export function malformed(name: string): never {
  throw new MalformedAnswer(name)
}

/** `members` without those that are undefined, as exact optional properties want it. */
export function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>
}

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T]
type Present<T> = Omit<T, OptionalKeys<T>> & { [K in OptionalKeys<T>]?: Exclude<T[K], undefined> }
