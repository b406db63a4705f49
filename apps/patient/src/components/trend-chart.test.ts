import { formatShanghai } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Mark, Trend } from '../api/record-types.ts'
import { trend } from '../test-support/record-views.ts'
import { markOf } from './mark-words.ts'
import { trendChart } from './trend-chart.ts'

const chart = (of: Trend, shape: 'line' | 'chart' = 'chart', fontPx = 16) => {
  const image = trendChart(of, { shape, fontPx, words: (point) => markOf(point).words })
  expect(image.src).toMatch(/^data:image\/svg\+xml,[^"<>\s]+$/)
  return { ...image, svg: decodeURIComponent(image.src.slice('data:image/svg+xml,'.length)) }
}
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1])

test('a chart names marked values in words and shapes, and the first and last day', () => {
  const { svg } = chart(trend)
  expect(texts(svg)).toEqual(['12.6 偏高', '3.1 偏低', '2026-03-01', '2026-11-20'])
  expect(svg.match(/<polygon/g)).toHaveLength(2)
  expect(svg.match(/<circle/g)).toHaveLength(1)
  expect(svg).toContain('<rect')
})

test('a small line has the range, the line and the newest point, and no words', () => {
  const { svg, height } = chart(trend, 'line')
  expect(texts(svg)).toEqual([])
  expect(svg.match(/<polygon|<circle/g)).toHaveLength(1)
  expect(height).toBe(64)
})

test('without a reference range there is no band', () => {
  expect(chart({ ...trend, low: null, high: null }).svg).not.toContain('<rect')
})

test('what the HIS writes stays text', () => {
  const [point] = trend.points
  if (!point) throw new Error('no point')
  const value = '</text><script>\ud800&"'
  const { svg } = chart({ ...trend, points: [{ ...point, value }] })
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&amp;')
})

const marks: readonly Mark[] = ['low', 'normal', 'high', 'abnormal', 'critical', 'unmarked']
const anyTrend = fc.record({
  name: fc.string(),
  unit: fc.constant(null),
  low: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })),
  high: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })),
  points: fc.array(
    fc
      .record({
        ms: fc.integer({ min: 0, max: 2e12 }),
        number: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
        mark: fc.constantFrom(...marks),
      })
      .map(({ ms, number, mark }) => ({
        reportedAt: formatShanghai(ms).replace(' ', 'T'),
        value: String(number),
        number,
        mark,
        markText: '',
      })),
    { maxLength: 40 },
  ),
})

test('whatever the values are, everything lies inside the drawing and no two labels lie upon each other', () => {
  fc.assert(
    fc.property(anyTrend, fc.constantFrom(16, 20), (of, fontPx) => {
      const { svg, width, height } = chart(of, 'chart', fontPx)
      expect(svg).not.toMatch(/NaN|Infinity/)
      for (const [, x, y] of svg.matchAll(/(?:cx|<text x)="([^"]+)" (?:cy|y)="([^"]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0)
        expect(Number(x)).toBeLessThanOrEqual(width)
        expect(Number(y)).toBeGreaterThan(0)
        expect(Number(y)).toBeLessThan(height)
      }
      const labels = [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)"[^>]*font-weight[^>]*>([^<]*)</g)]
      const boxes = labels.map(([, x, y, said]) => ({ x: Number(x), y: Number(y), said: said ?? '' }))
      for (const [index, a] of boxes.entries())
        for (const b of boxes.slice(index + 1)) {
          const sameLine = Math.abs(a.y - b.y) < fontPx
          const [left, right] = a.x < b.x ? [a, b] : [b, a]
          if (sameLine) expect(left.x + left.said.length * fontPx * 0.5).toBeLessThanOrEqual(right.x)
        }
    }),
    { seed: 20261124, numRuns: 300 },
  )
})
