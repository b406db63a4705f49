/**
 * Full-width letters, digits and signs as a Chinese keyboard writes them, made half-width. Not NFKC: that would also
 * make `10⁹` into `109`, another number.
 */
export function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replaceAll('\u3000', ' ')
}

const FULL_WIDTH_OFFSET = '！'.charCodeAt(0) - '!'.charCodeAt(0)
