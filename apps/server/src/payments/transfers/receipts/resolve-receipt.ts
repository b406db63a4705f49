import { DAY_MS, HOUR_MS, type HospitalId, MINUTE_MS } from '@zhangyi/core'
import {
  type FinishedReceipt,
  type Receipt,
  type ReceiptState,
  type SentResult,
  WechatPayDownloadError,
  WechatPayError,
  WechatPayInputError,
} from '@zhangyi/wechat-pay'
import type { Tx } from '../../../platform/database/tx.ts'
import { findAttemptByNumber, storeAttempt } from '../../attempts/attempts.ts'
import { countSending, noteOutcome, sendStored } from '../../attempts/send-attempt.ts'
import { pauseAfter } from '../../back-off.ts'
import { findMerchant, type Merchant } from '../../merchant.ts'
import type { PaymentsRoom } from '../../room.ts'
import type { PaymentsTables, ReceiptRow } from '../../tables.ts'
import { RECEIPT_CONTEXT } from './find-receipt.ts'

/** WeChat wants two minutes between readings; the last pause repeats. */
const PAUSES_MS = [2 * MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS]
/** About a month: by then it is asked for by hand. A file is there for 90 days. */
const MAX_LOOKS = 36
/** A page or two of text; one of WeChat's takes some hundred kilobytes. */
const MAX_BYTES = 8 * 1024 * 1024

/** 电子回单: asked for once, read some minutes later, checked and kept. Nobody's money waits for it. */
export async function resolveReceipt(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  row: ReceiptRow,
): Promise<void> {
  const merchant = findMerchant(room, hospitalId)
  if (!merchant) return room.database.inTransaction(hospitalId, (tx) => store(tx, room, row, {}))
  if (row.state === 'to-ask') return askFor(room, hospitalId, merchant, row)
  const after = await nextState(room, merchant, row)
  await room.database.inTransaction(hospitalId, (tx) => store(tx, room, row, after))
}

type Next = Partial<Pick<ReceiptRow, 'state' | 'problem' | 'hash_type' | 'hash_value' | 'file'>>

async function nextState(room: PaymentsRoom, merchant: Merchant, row: ReceiptRow): Promise<Next> {
  const found = await read(merchant, row.out_bill_no)
  if (found === 'no-answer') return {}
  if (found === 'not-found') return { state: 'to-ask' }
  if (found.state === 'FAILED') return { state: 'failed', problem: found.failReason ?? 'FAILED' }
  if (found.state !== 'FINISHED') return {}
  const file = await download(merchant, found)
  if (typeof file === 'string') return { problem: file }
  return {
    ...{ state: 'kept', problem: null, hash_type: found.hashType, hash_value: found.hashValue },
    file: room.cipher.seal(file.toString('base64'), RECEIPT_CONTEXT),
  }
}

async function askFor(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  { client }: Merchant,
  row: ReceiptRow,
): Promise<void> {
  const { transfer_id, out_bill_no } = row
  const attempt = await room.database.inTransaction(hospitalId, async (tx) => {
    const known = await findAttemptByNumber(tx, 'receipt-ask', out_bill_no)
    const prepared = client.prepareReceipt({ outBillNo: out_bill_no })
    const stored = known ?? storeAttempt(tx, room, { of: { transferId: transfer_id }, prepared })
    return countSending(tx, room.clock, stored)
  })
  const result = await sendStored(room, attempt, 'receipt-ask', client.sendReceipt)
  await room.database.inTransaction(hospitalId, async (tx) => {
    noteOutcome(tx, attempt.id, result)
    await store(tx, room, row, afterAsking(result))
  })
}

function afterAsking(result: SentResult<ReceiptState>): Next {
  if (result.kind === 'yes' || result.call.class === 'conflict') return { state: 'asked', problem: null }
  const problem = result.call.code ?? result.call.class
  // What the channel refuses is mended; what the receipt says is not.
  if (result.kind === 'no' && !result.call.channelFault) return { state: 'failed', problem }
  return { problem }
}

async function read({ client }: Merchant, outBillNo: string): Promise<Receipt | 'not-found' | 'no-answer'> {
  try {
    return await client.readReceipt({ outBillNo })
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return 'no-answer'
  }
}

/** The client checks the hash at the end of the file. Returns why there is no file. */
async function download({ client }: Merchant, receipt: FinishedReceipt): Promise<Buffer | string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of client.downloadReceipt(receipt)) {
      bytes += part.byteLength
      if (bytes > MAX_BYTES) return 'too-large'
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof WechatPayDownloadError) return error.kind
    if (error instanceof WechatPayError) return error.code
    // An address on a host that is not WeChat's.
    if (error instanceof WechatPayInputError) return error.field
    throw error
  }
  return Buffer.concat(parts)
}

async function store(tx: Tx, { clock }: PaymentsRoom, row: ReceiptRow, next: Next): Promise<void> {
  const nowMs = clock.nowMs()
  const isTooLong = row.looks > MAX_LOOKS && next.state !== 'kept'
  const state = isTooLong ? 'failed' : (next.state ?? row.state)
  const isOver = state === 'kept' || state === 'failed'
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('transfer_receipt')
    .set({
      ...{ ...next, state },
      ...(isTooLong && { problem: next.problem ?? 'too-long' }),
      kept_at_ms: state === 'kept' ? nowMs : null,
      next_action_at_ms: isOver ? null : nowMs + pauseAfter(row.looks, PAUSES_MS),
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('transfer_id', '=', row.transfer_id)
    .where('state', '=', row.state)
    .execute()
}
