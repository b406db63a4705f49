import type { HospitalId } from '@zhangyi/core'
import {
  type CreatedTransfer,
  isFinalTransferState,
  type SentResult,
  WechatPayError,
} from '@zhangyi/wechat-pay'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { countSending, noteOutcome, sendStored } from '../attempts/send-attempt.ts'
import { LEASE_MS } from '../back-off.ts'
import { lockReservation } from '../funds/reservations.ts'
import { findPayoutStop } from '../funds/stop-payouts.ts'
import type { Merchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, TransferRow } from '../tables.ts'
import { changeTransfer, holdTransfer, lockTransfer } from './hold-transfer.ts'
import { isOpen, isPastQuery } from './judge-transfer.ts'
import { isReserved } from './order-transfer.ts'
import { type Answer, type Looked, postpone, settleAnswer } from './settle-answer.ts'
import { storeSent } from './store-sent.ts'
import { tellPerson } from './tell-person.ts'

const AFTER_CANCEL_MS = 5_000

/**
 * One look at a transfer: asks WeChat about its number, and sends the stored bytes, the first time or again, or its
 * cancel, where the answer asks for it. Two at once do no harm.
 */
export async function lookAtTransfer(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  merchant: Merchant,
  row: TransferRow,
  askedAfter?: number,
): Promise<TransferRow> {
  const { database, clock } = room
  const held = (fn: (tx: Tx, row: Locked<TransferRow>) => Promise<TransferRow>) =>
    database.inTransaction(hospitalId, async (tx) => fn(tx, await lockTransfer(tx, row.id)))
  // The configured merchant neither has the money nor knows the number.
  if (row.mchid !== merchant.mchid)
    return isOpen(row) ? held((tx, now) => tellPerson(tx, room, now, 'other-merchant')) : row
  if (row.sent_at_ms === null || row.problem === 'other-merchant')
    return beginAgain(room, hospitalId, merchant, row)
  if (isPastQuery(row, clock.nowMs()))
    return isOpen(row) ? held((tx, now) => tellPerson(tx, room, now, 'past-query')) : row
  const answer = await askTransfer(merchant, row.out_bill_no)
  const looked = await database.inTransaction(hospitalId, (tx) =>
    settleAnswer(tx, room, merchant, row, answer, askedAfter),
  )
  return goOn(room, hospitalId, merchant, looked)
}

async function goOn(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  merchant: Merchant,
  { row, sending, cancelling, askAgainAfter }: Looked,
): Promise<TransferRow> {
  if (sending) return sendAndAsk(room, hospitalId, merchant, sending)
  if (cancelling) return sendCancel(room, hospitalId, merchant, row, cancelling)
  return askAgainAfter === undefined ? row : lookAtTransfer(room, hospitalId, merchant, row, askAgainAfter)
}

/** Sends outside, then stores the outcome and what it means in one transaction. */
async function sendTransfer(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  { client }: Merchant,
  attempt: AttemptRow,
): Promise<{ readonly row: TransferRow; readonly isQueryDue: boolean }> {
  const result = await sendStored(room, attempt, 'transfer-create', client.sendTransfer)
  const row = await room.database.inTransaction(hospitalId, (tx) => storeSent(tx, room, attempt, result))
  return { row, isQueryDue: isQueryDue(result) }
}

/** As `sendTransfer`; a definite answer is confirmed at once, because somebody may wait for it. */
export async function sendAndAsk(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  merchant: Merchant,
  attempt: AttemptRow,
): Promise<TransferRow> {
  const { row, isQueryDue } = await sendTransfer(room, hospitalId, merchant, attempt)
  // Ends there: nothing is sent again so soon.
  return isQueryDue ? lookAtTransfer(room, hospitalId, merchant, row, attempt.sendings) : row
}

/** A definite answer that only a query may make final. */
function isQueryDue(result: SentResult<CreatedTransfer>): boolean {
  if (result.kind === 'yes') return isFinalTransferState(result.value.state)
  return result.kind === 'no' || result.call.class === 'waiting-for-funds'
}

/** A `yes` says that it is taken back, or that it will be: the query tells, soon. */
async function sendCancel(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  { client }: Merchant,
  { id }: TransferRow,
  cancelling: AttemptRow,
): Promise<TransferRow> {
  const result = await sendStored(room, cancelling, 'transfer-cancel', client.sendTransferCancel)
  return room.database.inTransaction(hospitalId, async (tx) => {
    const row = await lockTransfer(tx, id)
    noteOutcome(tx, cancelling.id, result)
    if (!isOpen(row) || result.kind !== 'yes') return row
    return changeTransfer(tx, room, row, { next_action_at_ms: room.clock.nowMs() + AFTER_CANCEL_MS })
  })
}

/** Never sent, because all payouts were stopped; or the merchant is the right one again. */
async function beginAgain(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  merchant: Merchant,
  { id }: TransferRow,
): Promise<TransferRow> {
  const begun = await room.database.inTransaction(hospitalId, (tx) => begin(tx, room, id))
  return begun.sending ? sendAndAsk(room, hospitalId, merchant, begun.sending) : begun.row
}

async function begin(tx: Tx, room: PaymentsRoom, id: string): Promise<Looked> {
  const { row, attempt } = await holdTransfer(tx, id)
  const nowMs = room.clock.nowMs()
  if (row.state === 'needs-person' && row.problem === 'other-merchant')
    return {
      row: await changeTransfer(tx, room, row, {
        ...{ state: 'under-way', problem: null, looks: 0, next_action_at_ms: nowMs },
      }),
    }
  // Nothing was sent, and a person decides whether anything is.
  if (row.state === 'needs-person' && row.sent_at_ms === null)
    return { row: await changeTransfer(tx, room, row, { next_action_at_ms: null }) }
  if (row.state !== 'under-way' || row.sent_at_ms !== null) return { row: await postpone(tx, room, row) }
  if ((await findPayoutStop(tx)) !== undefined) return { row: await postpone(tx, room, row) }
  // Who asked gave the money to somebody else meanwhile.
  if (!isReserved(row, await lockReservation(tx, row)))
    return {
      row: await changeTransfer(tx, room, row, {
        ...{ state: 'not-funded', problem: 'not-reserved', looks: 0, next_action_at_ms: null },
      }),
    }
  const begun = await changeTransfer(tx, room, row, {
    sent_at_ms: nowMs,
    next_action_at_ms: nowMs + LEASE_MS,
  })
  return { row: begun, sending: await countSending(tx, room.clock, attempt) }
}

export async function askTransfer({ client }: Merchant, number: string): Promise<Answer> {
  try {
    return await client.queryTransferByOutBillNo(number)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return 'no-answer'
  }
}
