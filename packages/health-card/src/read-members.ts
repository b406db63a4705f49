/** Members of a reply, read tolerantly: the platform's types and spellings vary between endpoints and provinces. */
export type Members = Readonly<Record<string, unknown>>

/** An object, or an object as JSON text (the platform sends some members that way). */
export function membersOf(value: unknown): Members | undefined {
  if (typeof value === 'string') {
    try {
      return membersOf(JSON.parse(value))
    } catch {
      return undefined
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined
}

/**
 * The first text that is there and not blank. `appld`, `healthCardld` … (a small L) are read for `appId` …, as the
 * portal misspells them. A number beyond 2^53 is not taken: it was an ID number once and has lost its last digits.
 */
export function textOf(members: Members, ...names: readonly string[]): string | undefined {
  for (const name of names.flatMap((one) => (one.endsWith('Id') ? [one, `${one.slice(0, -2)}ld`] : [one]))) {
    const value = members[name]
    if (typeof value === 'string' && value.trim() !== '') return value
    if (Number.isSafeInteger(value)) return String(value)
  }
  return undefined
}

export function numberOf(members: Members, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = members[name]
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && Number.isFinite(number)) return number
  }
  return undefined
}

/** true and false also arrive as texts and as 1 and 0. */
export function booleanOf(members: Members, name: string): boolean | undefined {
  const text = String(members[name] ?? '').toLowerCase()
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  return undefined
}
