import { HOUR_MS } from '@zhangyi/core'
import { forget, recall, remember, storageKey } from '../../platform/storage.ts'

// As long as WeChat keeps an opened payment.
const TTL_MS = 2 * HOUR_MS
const key = storageKey('visit-paying', (value): value is string => typeof value === 'string' && value !== '')

/** WeChat's payment was opened for this order: whoever comes back, by whatever way, must ask whether it was paid. */
export function rememberPaying(id: string): void {
  remember(key, id, TTL_MS)
}

export function isPaying(id: string): boolean {
  return recall(key) === id
}

export function forgetPaying(id: string): void {
  if (isPaying(id)) forget(key)
}
