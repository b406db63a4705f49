import { nextOrderStep } from './orders/expire-order.ts'
import type { PayPlatform } from './platform.ts'
import { nextRefundStep } from './refunds/settle-refund.ts'
import { arrivals } from './requests/late-requests.ts'
import { nextTransferStep } from './transfers/settle-transfer.ts'

/** What time does to one thing: at `atMs`, this. */
export interface Step {
  readonly atMs: number
  readonly run: () => void
}

// A thing moves on at most a few times within one advance; more would be a loop without end.
const MAX_ROUNDS = 20

/** Lets time work up to the clock's now, in the order in which things fall due, each at its own moment. */
export function advance(platform: PayPlatform): void {
  const nowMs = platform.clock.nowMs()
  if (nowMs < platform.nextDueMs) return
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const steps = [
      ...stepsOf(platform, platform.orders, nextOrderStep),
      ...stepsOf(platform, platform.transfers, nextTransferStep),
      ...stepsOf(platform, platform.refunds, nextRefundStep),
      ...arrivals(platform),
    ]
    const due = steps.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs)
    platform.nextDueMs = steps.reduce((least, { atMs }) => Math.min(least, atMs), Number.POSITIVE_INFINITY)
    if (due.length === 0) return
    for (const { run } of due) run()
    platform.changed = true
  }
  platform.nextDueMs = Number.NEGATIVE_INFINITY
}

function stepsOf<T>(
  platform: PayPlatform,
  book: { live(): Iterable<T>; settle(item: T): void },
  next: (platform: PayPlatform, item: T) => Step | undefined,
): readonly Step[] {
  const steps: Step[] = []
  for (const item of book.live()) {
    const step = next(platform, item)
    if (step) steps.push(step)
    else book.settle(item)
  }
  return steps
}
