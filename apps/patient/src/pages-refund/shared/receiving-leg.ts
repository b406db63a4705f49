import { HOUR_MS } from '@zhangyi/core'
import { isRecord } from '../../platform/api-error.ts'
import { forget, recall, remember, storageKey } from '../../platform/storage.ts'

type Receiving = { readonly caseId: string; readonly legId: string }

const TTL_MS = 2 * HOUR_MS
const key = storageKey(
  'refund-receiving',
  (value): value is Receiving =>
    isRecord(value) && typeof value['caseId'] === 'string' && typeof value['legId'] === 'string',
)

/** WeChat's page was opened for this leg: whoever comes back, by whatever way, must ask what became of it. */
export function rememberReceiving(caseId: string, legId: string): void {
  remember(key, { caseId, legId }, TTL_MS)
}

export function receivingLeg(caseId: string): string | undefined {
  const kept = recall(key)
  return kept?.caseId === caseId ? kept.legId : undefined
}

export function forgetReceiving(caseId: string): void {
  if (receivingLeg(caseId) !== undefined) forget(key)
}
