import { shanghaiDay } from '@zhangyi/core'
import type { ChartLook } from './trend-chart.ts'
import { CHART_WIDTH, COLOURS, colourOf, isMarked, px, type Spot } from './trend-drawing.ts'

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** What is written in a chart: the newest value, the marked ones in words, the first and the last day. */
export function trendLabels(spots: readonly Spot[], look: ChartLook, height: number): string {
  return valueLabels(spots, look, height) + dayLabels(spots, look.fontPx, height)
}

/**
 * As far as they cover neither each other nor a point; the newest have the first choice, above or below. What finds
 * no room stands in the table under the chart.
 */
function valueLabels(spots: readonly Spot[], { fontPx, words }: ChartLook, height: number): string {
  const placed: Box[] = []
  const newest = spots.at(-1)
  return spots
    .filter((spot) => isMarked(spot.point) || spot === newest)
    .reverse()
    .flatMap((spot) => {
      const { point } = spot
      const said = isMarked(point) ? `${point.value} ${words(point)}`.trim() : point.value
      const points = spots.flatMap((other) => (other === spot ? [] : [boxOfPoint(other)]))
      const place = placesOf(spot, widthOf(said, fontPx), fontPx)
        // The days at the foot stay free.
        .filter(({ box }) => box.top > 0 && box.bottom < height - fontPx * 1.5)
        .find(({ box }) => ![...placed, ...points].some((other) => overlap(box, other)))
      if (!place) return []
      placed.push(place.box)
      const fill = isMarked(point) ? colourOf(point) : COLOURS.ink
      // The white edge keeps it readable where the line runs through.
      const edge = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
      const at = `x="${px(place.box.left)}" y="${px(place.baseline)}"`
      return [`<text ${at} fill="${fill}" font-weight="600" ${edge}>${escaped(said)}</text>`]
    })
    .join('')
}

/** Above and below a point; for a low value below comes first, as the line comes from above. */
function placesOf({ x, y, point }: Spot, wide: number, fontPx: number): { baseline: number; box: Box }[] {
  const left = Math.min(Math.max(0, x - wide / 2), Math.max(0, CHART_WIDTH - wide))
  const baselines = [y - 11, y + 9 + fontPx]
  return (point.mark === 'low' ? baselines.reverse() : baselines).map((baseline) => ({
    baseline,
    box: { left, right: left + wide, top: baseline - fontPx, bottom: baseline + fontPx * 0.25 },
  }))
}

function boxOfPoint({ x, y }: Spot): Box {
  return { left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 }
}

function dayLabels(spots: readonly Spot[], fontPx: number, height: number): string {
  const first = spots[0]
  const last = spots.at(-1)
  if (!first || !last) return ''
  const y = px(height - fontPx * 0.4)
  const day = ({ point }: Spot, x: number, anchor: string) =>
    `<text x="${x}" y="${y}" fill="${COLOURS.ink}" text-anchor="${anchor}">${dayOf(point.reportedAt)}</text>`
  if (first === last) return day(first, CHART_WIDTH / 2, 'middle')
  return day(first, 0, 'start') + day(last, CHART_WIDTH, 'end')
}

function dayOf(instant: string): string {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? '' : shanghaiDay(ms)
}

// Han characters are as wide as they are high, digits a good half of that.
function widthOf(text: string, fontPx: number): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 1.02 : 0.62) * fontPx, 0)
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** Also without half characters, on which `encodeURIComponent` throws. */
function escaped(text: string): string {
  return text
    .replace(/[\ud800-\udfff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}
