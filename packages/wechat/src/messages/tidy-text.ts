/** In one line, without what is invisible: controls, half characters, marks of direction and width. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/\ufffd/gu, '')
    .replace(/\p{Cf}|(?!\s)\p{Cc}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The first `limit` characters (code points); no blank is left at the cut. */
export function cutTo(text: string, limit: number): string {
  return Array.from(text).slice(0, limit).join('').trimEnd()
}
