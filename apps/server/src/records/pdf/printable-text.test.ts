import { expect, test } from 'vitest'
import { printableText } from './printable-text.ts'

const LACKING = new Set(Array.from('⁹⁰₂⁻𠮷'))
const hasGlyph = (codePoint: number) => !LACKING.has(String.fromCodePoint(codePoint)) && codePoint >= 32

test.each([
  ['10⁹/L', '10^9/L'],
  ['10¹⁰', '10^10'],
  ['10⁻⁹', '10^-9'],
  ['kg/m²', 'kg/m²'],
  ['H₂O', 'H2O'],
  ['周𠮷', '周□'],
  ['第一行\n第二行\t完', '第一行\n第二行 完'],
  ['a\u200bb\u00a0c', 'ab c'],
  ['偏高 ↑', '偏高 ↑'],
])('%j is printed as %j', (text, printed) => {
  expect(printableText(text, hasGlyph)).toBe(printed)
})

test('only ASCII is ever needed to spell a superscript', () => {
  expect(printableText('×10⁹/L', (codePoint) => codePoint < 128)).toBe('□10^9/L')
})
