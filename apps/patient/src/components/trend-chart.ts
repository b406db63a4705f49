import type { Trend, TrendPoint } from '../api/record-types.ts'
import { CHART_WIDTH, px } from './trend-drawing.ts'
import { trendLabels } from './trend-labels.ts'
import { bandShape, lineShape, pointShape } from './trend-shapes.ts'

export type ChartLook = {
  /** `line`: a small line without words beside a value; `chart`: with labels, for a page of its own. */
  readonly shape: 'line' | 'chart'
  /** Size of the labels in px on the narrowest phone. */
  readonly fontPx: number
  /** What is written at a marked point after its value, e.g. 「偏高」. */
  readonly words: (point: TrendPoint) => string
}
/** Width and height in px; the image scales to the width it is given. */
export type ChartImage = { readonly src: string; readonly width: number; readonly height: number }

/**
 * Draws the values of several visits as an image that both targets can show: a mini program has no inline SVG.
 * Visits stand side by side at equal distances, because two in a week and then none for a year would overlap.
 */
export function trendChart(trend: Trend, look: ChartLook): ChartImage {
  const { fontPx } = look
  const isLine = look.shape === 'line'
  const height = isLine ? 64 : 150 + fontPx * 4
  // A chart leaves room for a label above the highest and below the lowest point, and for the days.
  const room = isLine
    ? { left: 8, right: 10, top: 10, bottom: 8 }
    : { left: 12, right: 14, top: fontPx * 2, bottom: fontPx * 3 }
  const { least, most } = scaleOf(trend)
  const inner = height - room.top - room.bottom
  const y = (value: number) => height - room.bottom - ((value - least) / (most - least)) * inner
  const { points } = trend
  const step = points.length > 1 ? (CHART_WIDTH - room.left - room.right) / (points.length - 1) : 0
  const firstX = points.length > 1 ? room.left : CHART_WIDTH / 2
  const spots = points.map((point, index) => ({ x: firstX + index * step, y: y(point.number), point }))

  const edges = isLine ? { top: 0, bottom: height } : { top: fontPx / 2, bottom: height - fontPx * 1.5 }
  const drawn = [
    bandShape(trend, y, edges),
    lineShape(spots),
    ...(isLine ? spots.slice(-1) : spots).map(pointShape),
    isLine ? '' : trendLabels(spots, look, height),
  ].join('')
  const size = `width="${CHART_WIDTH}" height="${px(height)}" viewBox="0 0 ${CHART_WIDTH} ${px(height)}"`
  const font = `font-family="sans-serif" font-size="${fontPx}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font}>${drawn}</svg>`
  return { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, width: CHART_WIDTH, height }
}

/** Values and bounds with some air; equal values lie in the middle. */
function scaleOf({ points, low, high }: Trend): { readonly least: number; readonly most: number } {
  const bounds = [low, high].filter((bound) => bound !== null)
  const all = [...points.map(({ number }) => number), ...bounds]
  if (all.length === 0) return { least: 0, most: 1 }
  const least = Math.min(...all)
  const most = Math.max(...all)
  const air = most > least ? (most - least) * 0.12 : Math.max(Math.abs(most) * 0.1, 1e-6)
  return { least: least - air, most: most + air }
}
