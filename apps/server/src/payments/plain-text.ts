/** A text as WeChat takes it: one line without control characters, not longer than `max`. */
export function plainText(text: string, max: number): string {
  const plain = text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, max)
  if (plain === '') throw new Error('a payment or refund needs a text')
  return plain
}
