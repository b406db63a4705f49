import type { TrendPoint } from '../api/record-types.ts'

/** As wide as a card's content on a 360 px phone: there a chart is shown 1 : 1, on wider phones larger. */
export const CHART_WIDTH = 294

// The same colours as in styles/tokens.scss, which an image cannot read.
export const COLOURS = {
  band: '#e5f4eb',
  edge: '#12623a',
  line: '#0b6e69',
  bad: '#a8201a',
  warn: '#9a4a06',
  ink: '#13201f',
} as const

/** A value and where it lies in the drawing, in px. */
export type Spot = { readonly x: number; readonly y: number; readonly point: TrendPoint }

export function colourOf({ mark }: TrendPoint): string {
  if (mark === 'low') return COLOURS.warn
  return isMarked({ mark }) ? COLOURS.bad : COLOURS.line
}

export function isMarked({ mark }: Pick<TrendPoint, 'mark'>): boolean {
  return mark !== 'normal' && mark !== 'unmarked'
}

export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}
