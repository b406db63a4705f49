import type { Trend } from '../api/record-types.ts'
import { CHART_WIDTH, COLOURS, colourOf, px, type Spot } from './trend-drawing.ts'

type Height = (value: number) => number

/** The reference range; with one bound only it reaches to the edge of the drawing. */
export function bandShape(
  { low, high }: Trend,
  y: Height,
  edge: { readonly top: number; readonly bottom: number },
): string {
  if (low === null && high === null) return ''
  const top = high === null ? edge.top : y(high)
  const bottom = low === null ? edge.bottom : y(low)
  const height = px(Math.max(0, bottom - top))
  const area = `<rect x="0" y="${px(top)}" width="${CHART_WIDTH}" height="${height}" fill="${COLOURS.band}"/>`
  return area + boundShape(low, y) + boundShape(high, y)
}

function boundShape(bound: number | null, y: Height): string {
  if (bound === null) return ''
  const at = px(y(bound))
  return `<line x1="0" x2="${CHART_WIDTH}" y1="${at}" y2="${at}" stroke="${COLOURS.edge}" stroke-dasharray="4 4"/>`
}

export function lineShape(spots: readonly Spot[]): string {
  if (spots.length < 2) return ''
  const points = spots.map(({ x, y }) => `${px(x)},${px(y)}`).join(' ')
  return `<polyline points="${points}" fill="none" stroke="${COLOURS.line}" stroke-width="2.5" stroke-linejoin="round"/>`
}

// A mark is a shape as well as a colour: upwards, downwards, a diamond; a circle is not marked.
const CORNERS = {
  high: [0, -7, 7, 6, -7, 6],
  low: [0, 7, 7, -6, -7, -6],
  abnormal: [0, -8, 8, 0, 0, 8, -8, 0],
  critical: [0, -8, 8, 0, 0, 8, -8, 0],
} as const

export function pointShape({ x, y, point }: Spot): string {
  const fill = colourOf(point)
  if (point.mark === 'normal' || point.mark === 'unmarked')
    return `<circle cx="${px(x)}" cy="${px(y)}" r="4" fill="${fill}"/>`
  const corners = CORNERS[point.mark].map((offset, index) => px(offset + (index % 2 === 0 ? x : y)))
  return `<polygon points="${corners.join(' ')}" fill="${fill}"/>`
}
