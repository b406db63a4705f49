import { SECOND_MS } from '@zhangyi/core'
import type { HealthCardOptions } from './options.ts'

// As Tencent's own SDK.
const DEFAULT_TIMEOUT_MS = 10 * SECOND_MS

/** The signal that ends one call, whatever it is waiting for. */
export function startTimeout(options: HealthCardOptions): AbortSignal {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, startTimeout: start } = options
  return start ? start(timeoutMs) : AbortSignal.timeout(timeoutMs)
}
