import type { Fen } from '@zhangyi/core'
import type { TransferFacts } from './transfer-answer.ts'

/** What was stored before the transfer was sent. */
export interface StoredTransfer {
  readonly mchid: string
  readonly appid: string
  readonly outBillNo: string
  readonly amountFen: Fen
  readonly openid: string
}

export type TransferMismatch = 'mchid' | 'appid' | 'outBillNo' | 'amountFen' | 'openid'

/**
 * Names what an answer or a callback says otherwise than the stored request; empty if they agree. Anything in it means:
 * stop, change no state, raise a case. What an answer leaves out (openid, appid) cannot contradict.
 */
export function compareTransfer(
  stored: StoredTransfer,
  answer: Pick<TransferFacts, 'mchid' | 'outBillNo' | 'amountFen' | 'openid'> & { readonly appid?: string },
): readonly TransferMismatch[] {
  const fields = ['mchid', 'appid', 'outBillNo', 'amountFen', 'openid'] as const
  return fields.filter((field) => answer[field] !== undefined && answer[field] !== stored[field])
}
