import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutText } from './cut-text.ts'

test('no number is cut in two, wherever the part ends', () => {
  for (let before = 0; before < 20; before++) {
    const parts = cutText(`${'见'.repeat(before)}直径约12.5cm，余未见异常`, 12, 9)
    expect(parts.filter((part) => part.includes('12.5cm'))).toHaveLength(1)
  }
})

test('parts keep to characters and lines, and hold everything (seed 20261124)', () => {
  const text = fc.string({ unit: fc.constantFrom('见', '1', '.', 'a', '\n', '😀', ' '), maxLength: 400 })
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (whole, max, lines) => {
        const parts = cutText(whole, max, lines)
        expect(parts.join('').replaceAll('\n', '')).toBe(whole.replaceAll('\n', ''))
        for (const part of parts) {
          expect(Array.from(part).length).toBeLessThanOrEqual(max)
          expect(part.split('\n').length).toBeLessThanOrEqual(lines)
        }
      },
    ),
    { seed: 20_261_124, numRuns: 500 },
  )
})
