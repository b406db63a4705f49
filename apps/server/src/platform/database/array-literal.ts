/**
 * Array parameters as PostgreSQL reads them, for bulk statements: the driver's own way looks at the type of every
 * element and escapes each by two expressions, which costs more than everything else that is done with a row.
 */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{'
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (index > 0) literal += ','
    if (value === null || value === undefined) literal += 'NULL'
    else literal += `"${SPECIAL.test(value) ? value.replace(ALL_SPECIAL, '\\$&') : value}"`
  }
  return `${literal}}`
}

const SPECIAL = /["\\]/
const ALL_SPECIAL = /["\\]/g

/** For elements that need no quotes: numbers, booleans, days, and texts made only of letters, digits and `_-`. */
export function plainArray(values: readonly (number | boolean | string | null)[]): string {
  let literal = '{'
  for (let index = 0; index < values.length; index++) {
    if (index > 0) literal += ','
    literal += values[index] ?? 'NULL'
  }
  return `${literal}}`
}

/** Many byte strings as one parameter, which the driver sends as it is, and where each begins (from 1) and how long it is. */
export function packBytes(values: readonly (Buffer | null)[]): {
  readonly bytes: Buffer
  readonly starts: string
  /** -1 for null. */
  readonly lengths: string
} {
  const starts: number[] = []
  const lengths: number[] = []
  const parts: Buffer[] = []
  let start = 1
  for (const value of values) {
    starts.push(start)
    lengths.push(value === null ? -1 : value.length)
    if (value === null) continue
    parts.push(value)
    start += value.length
  }
  return { bytes: Buffer.concat(parts), starts: plainArray(starts), lengths: plainArray(lengths) }
}
