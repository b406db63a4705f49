const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉'
const PLAIN: Readonly<Record<string, string>> = { '⁻': '-', '⁺': '+', '\t': ' ', '\u00a0': ' ', '\r': '' }
/** What stands for a character that the font cannot draw: seen as a gap, not taken for another character. */
export const MISSING = '□'

/**
 * Text that a font can draw: superscripts become `^9`, subscripts plain digits, what is invisible goes away, and what
 * is left that the font lacks (rare Han characters of names) becomes □. Line breaks stay.
 */
export function printableText(text: string, hasGlyph: (codePoint: number) => boolean): string {
  const spelt = text
    .normalize('NFC')
    .replace(/[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, (run) => (every(run, hasGlyph) ? run : `^${plain(run)}`))
    .replace(/[\t\u00a0\r]/g, (sign) => PLAIN[sign] ?? '')
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
  return Array.from(spelt, (character) => {
    if (character === '\n' || hasGlyph(character.codePointAt(0) ?? 0)) return character
    const simple = plain(character)
    return simple !== character && every(simple, hasGlyph) ? simple : MISSING
  }).join('')
}

function every(text: string, hasGlyph: (codePoint: number) => boolean): boolean {
  return Array.from(text).every((character) => hasGlyph(character.codePointAt(0) ?? 0))
}

function plain(run: string): string {
  return Array.from(run, (sign) => {
    const digit = Math.max(SUPERSCRIPTS.indexOf(sign), SUBSCRIPTS.indexOf(sign))
    return digit >= 0 ? String(digit) : (PLAIN[sign] ?? sign)
  }).join('')
}
