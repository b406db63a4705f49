export type Members = Readonly<Record<string, unknown>>

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * The members of a JSON object; undefined for anything else. A whole number of 16 digits or more arrives as a text: an
 * id of 19 digits would lose the last ones, and no callback would match its message.
 */
export function parseJsonObject(text: string): Members | undefined {
  try {
    // Parsed as it is first, so that the pattern only ever sees sound JSON.
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return JSON.parse(
      text.replace(TOKENS, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)),
    ) as Members
  } catch {
    return undefined
  }
}
