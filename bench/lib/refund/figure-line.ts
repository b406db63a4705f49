/** A figure that is printed beside the others, with neither a goal nor a verdict. */
export function figureLine(
  metric: string,
  unit: string,
  value: number,
  more: Readonly<Record<string, number | string>> = {},
): string {
  const figures = Object.entries({ value, ...more }).map(([name, figure]) => [
    name,
    typeof figure === 'number' ? Number(figure.toPrecision(4)) : figure,
  ])
  const { value: rounded, ...others } = Object.fromEntries(figures) as Record<string, number | string>
  return JSON.stringify({ bench: 'refund', metric, value: rounded, unit, ...others })
}
