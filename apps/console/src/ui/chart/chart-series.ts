export interface ChartSeries {
  readonly name: string
  readonly kind: 'bar' | 'line'
  readonly values: readonly number[]
  readonly format: (value: number) => string
  /** Those that are stacked stand on each other, on one scale. */
  readonly isStacked?: boolean
  /** Of `tokens.css`, for a state; the others take the next of the palette. */
  readonly colour?: `--${string}`
}
