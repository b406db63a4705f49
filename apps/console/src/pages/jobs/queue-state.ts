import type { Queue } from './jobs-api.ts'

/** Work that looked this much later than it should has stopped looking. */
const LATE_TIMES = 3

/** How a queue is doing, in one word; what needs a person comes first. */
export function queueState(
  { failed, active, waiting, lastAtMs, everyMinutes }: Queue,
  nowMs: number,
): string {
  const isLate =
    lastAtMs !== null && everyMinutes !== null && nowMs - lastAtMs > LATE_TIMES * everyMinutes * 60_000
  if (isLate && active === 0) return 'late'
  if (failed > 0) return 'failed'
  if (active > 0) return 'active'
  return waiting > 0 ? 'waiting' : 'idle'
}
