import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'

// While a row is worked nobody else takes it; a killed process delays the next look by no more. Longer than a query, a
// close and a query again on both hosts of WeChat.
export const LEASE_MS = 3 * MINUTE_MS

/** While the patient may pay: a callback or the page's own question mostly comes first. */
export const WHILE_OPEN_MS = [30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS]

/** For an end that somebody waits for. The last pause repeats: it is the state that ends the looking, not the clock. */
export const UNTIL_SETTLED_MS = [
  ...[5 * SECOND_MS, 10 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS],
  ...[10 * MINUTE_MS, 20 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS],
]

/** After a person was told: they may have mended it in WeChat's console. */
export const AFTER_TELLING_MS = [30 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS]

/** The pause after the n-th look, n from 1. */
export function pauseAfter(looks: number, pauses: readonly number[]): number {
  return pauses[Math.min(Math.max(looks, 1), pauses.length) - 1] ?? HOUR_MS
}
