// As Tencent's own SDK of the card platform.
const DEFAULT_TIMEOUT_MS = 10_000

export interface Deadlines {
  /** 10 s when absent. */
  readonly timeoutMs?: number
  /** Makes the signal that ends a call; a test hands in its own instead of waiting. */
  readonly startTimeout?: (timeoutMs: number) => AbortSignal
}

/** The signal that ends one call, whatever it is waiting for. */
export function startTimeout(options: Deadlines): AbortSignal {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, startTimeout: start } = options
  return start ? start(timeoutMs) : AbortSignal.timeout(timeoutMs)
}

/**
 * The result of `work`, unless the deadline comes first. Needed beside the signal that `fetch` was given: an injected
 * fetch may ignore it, and waiting for another caller's token refresh has no signal at all.
 */
export function withinDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(deadline.reason)
    if (deadline.aborted) late()
    deadline.addEventListener('abort', late, { once: true })
    work.then(
      (value) => {
        deadline.removeEventListener('abort', late)
        resolve(value)
      },
      (error: unknown) => {
        deadline.removeEventListener('abort', late)
        reject(error)
      },
    )
  })
}
