/** Headers of an answer or of a callback: those of `fetch`, or a plain object as Node's HTTP server gives it. */
export type HeadersLike =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** One header by its lower-case name. Names are case-insensitive; a repeated or empty header counts as missing. */
export function headerOf(headers: HeadersLike, lowerName: string): string | undefined {
  if (typeof headers.get === 'function') return headers.get(lowerName) || undefined
  const record = headers as Readonly<Record<string, string | readonly string[] | undefined>>
  const direct = record[lowerName]
  if (typeof direct === 'string') return direct || undefined
  for (const name in record) {
    const value = record[name]
    if (name.toLowerCase() === lowerName && typeof value === 'string') return value || undefined
  }
  return undefined
}
