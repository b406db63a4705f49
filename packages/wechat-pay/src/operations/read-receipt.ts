import type { Caller } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { type Members, malformed, requiredText } from '../read-members.ts'
import { type ReceiptState, readReceiptState } from '../receipt-state.ts'
import { receiptNumber, type TransferNumber } from './ask-receipt.ts'

/** The URL is good for ten minutes; read again for a fresh one. */
export interface FinishedReceipt {
  readonly state: 'FINISHED'
  readonly hashType: 'SHA256' | 'SM3'
  readonly hashValue: string
  readonly downloadUrl: string
}

export type Receipt = FinishedReceipt | Exclude<ReceiptState, { readonly state: 'FINISHED' }>

/** 查询电子回单; poll at most every two minutes. `not-found`: not asked for yet. Throws `WechatPayError`. */
export function readReceipt(caller: Caller, by: TransferNumber): Promise<Receipt | 'not-found'> {
  const { kind, number } = receiptNumber(by)
  return caller.find('receipt-read', `${ENDPOINTS['receipt-read']}/${kind}/${number}`, parseReceipt)
}

function parseReceipt(answer: Members): Receipt {
  const found = readReceiptState(answer)
  if (found.state !== 'FINISHED') return found
  const hashType = requiredText(answer, 'hash_type')
  if (hashType !== 'SHA256' && hashType !== 'SM3') malformed('hash_type')
  const hashValue = requiredText(answer, 'hash_value')
  return { state: 'FINISHED', hashType, hashValue, downloadUrl: requiredText(answer, 'download_url') }
}
