export interface JsonToken {
  readonly kind: 'key' | 'text' | 'value' | 'sign'
  readonly text: string
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Cuts indented JSON into pieces that a page may colour. */
export function jsonTokens(value: unknown): JsonToken[] {
  const source = JSON.stringify(value, undefined, 2)
  const tokens: JsonToken[] = []
  let end = 0
  for (const match of source.matchAll(TOKEN)) {
    const [whole, quoted, colon] = match
    if (match.index > end) tokens.push({ kind: 'sign', text: source.slice(end, match.index) })
    tokens.push({ kind: quoted ? (colon ? 'key' : 'text') : 'value', text: whole })
    end = match.index + whole.length
  }
  if (end < source.length) tokens.push({ kind: 'sign', text: source.slice(end) })
  return tokens
}
