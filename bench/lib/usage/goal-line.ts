/** A measure against a goal that is a number: `ratio` is goal / ours, larger is better. */
export function goalLine(
  metric: string,
  unit: string,
  value: number,
  goal: number,
  more: Readonly<Record<string, number>> = {},
): string {
  return JSON.stringify({
    ...{ bench: 'usage', metric, value: Number(value.toPrecision(4)), unit, peer: 'goal', peerValue: goal },
    ...{ ratio: Number((goal / value).toFixed(3)), ...more, goal, met: value <= goal },
  })
}
