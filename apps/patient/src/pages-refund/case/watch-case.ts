// Soon at first, then ever more rarely; two minutes in all: nobody looks at a page for longer.
const WAITS_MS = [2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1000)

/**
 * Looks again while there is something to wait for. A second watch ends the first one and begins with the short waits:
 * something has just happened. Answers whether it gave up.
 */
export function watching(parts: {
  readonly wait: (ms: number) => Promise<void>
  readonly isWorking: () => boolean
  readonly look: () => Promise<void>
}) {
  let turn = 0
  return {
    async watch(): Promise<'over' | 'gave-up'> {
      const mine = ++turn
      for (const ms of WAITS_MS) {
        if (!parts.isWorking()) return 'over'
        await parts.wait(ms)
        if (mine !== turn) return 'over'
        await parts.look()
        if (mine !== turn) return 'over'
      }
      return parts.isWorking() ? 'gave-up' : 'over'
    },
    /** The page is left, or does something itself. */
    stop(): void {
      turn += 1
    },
  }
}
