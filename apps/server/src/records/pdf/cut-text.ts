// Numbers with their signs and units, and Latin words: cut in two, `12.5` would be read as `12`.
const WHOLE = /[\p{Script=Latin}\d.,:%^/+\-−<>≤≥=~～×*]/u
const MARK = /\p{M}/u
// A run without any gap is cut all the same.
const MAX_BACK = 30

/** A text in parts of at most so many characters and lines; nothing of it is lost, and no number is cut in two. */
export function cutText(text: string, maxCharacters: number, maxLines: number): readonly string[] {
  const parts: string[][] = []
  let room = 0
  for (const line of text.split('\n'))
    for (const [index, piece] of cutLine(line, maxCharacters).entries()) {
      const length = Array.from(piece).length
      const last = parts.at(-1)
      if (index > 0 || last === undefined || last.length >= maxLines || length >= room) {
        parts.push([piece])
        room = maxCharacters - length
      } else {
        last.push(piece)
        room -= length + 1
      }
    }
  return parts.map((lines) => lines.join('\n'))
}

function cutLine(line: string, maxCharacters: number): readonly string[] {
  const characters = Array.from(line)
  const pieces: string[] = []
  let from = 0
  while (characters.length - from > maxCharacters) {
    const at = placeToCut(characters, from, from + maxCharacters)
    pieces.push(characters.slice(from, at).join(''))
    from = at
  }
  return [...pieces, characters.slice(from).join('')]
}

function placeToCut(characters: readonly string[], from: number, limit: number): number {
  for (let at = limit; at > Math.max(from, limit - MAX_BACK); at--) {
    const [before = '', after = ''] = [characters[at - 1], characters[at]]
    if (!MARK.test(after) && !(WHOLE.test(before) && WHOLE.test(after))) return at
  }
  return limit
}
