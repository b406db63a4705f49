import { assertNever } from '@zhangyi/core'
import type { PaymentsEvents, Refund, Transfer } from '../payments/index.ts'
import type { Locked, Tx } from '../platform/database/tx.ts'
import { noteRefunded } from './ledger/note-facts.ts'
import { afterFail } from './legs/after-fail.ts'
import { changeHeldLeg } from './legs/change-leg.ts'
import { lockLegOfPayout } from './legs/find-leg.ts'
import { reminderDue } from './legs/remind-patient.ts'
import { setTimer } from './legs/set-timer.ts'
import { tellPatient } from './notify/tell-patient.ts'
import { REFUNDS_WORK, type RefundsParts } from './room.ts'
import type { CaseRow, LegRow } from './tables.ts'

/** What becomes known of payouts, taken over in the payments room's own transaction. */
export function refundsEvents(room: RefundsParts): Pick<PaymentsEvents, 'refundSettled' | 'transferChanged'> {
  return {
    transferChanged: (tx, transfer) => takeTransfer(tx, room, transfer),
    refundSettled: (tx, _order, refund) => takeRefund(tx, room, refund),
  }
}

interface Found {
  readonly leg: Locked<LegRow>
  readonly of: CaseRow
}

async function takeTransfer(tx: Tx, room: RefundsParts, transfer: Transfer): Promise<void> {
  // Closed by ourselves, before it is given back.
  if (transfer.state === 'closed') return
  const found = await lockLegOfPayout(tx, transfer.id)
  // Ordered in this very transaction: the leg names it in a moment.
  if (!found) return
  const { leg } = found
  switch (transfer.state) {
    case 'under-way':
    case 'needs-person':
      return
    case 'to-confirm':
      return waitForPatient(tx, room, found, transfer)
    case 'not-funded':
      // Taken back before anything was sent: nobody wants to try it again.
      return transfer.problem === 'never-sent'
        ? giveBack(tx, room, leg, { happening: 'failed', fail: 'CANCELLED', again: false })
        : giveBack(tx, room, leg, { happening: 'unfunded', fail: 'not-enough', again: true })
    case 'refused':
      return giveBack(tx, room, leg, {
        happening: 'failed',
        fail: transfer.problem ?? 'refused',
        again: false,
      })
    case 'not-paid':
      return takeUnpaid(tx, room, found, transfer)
    case 'done':
      return takePayment(tx, room, found, transfer.number ?? transfer.id, transfer.doneAtMs)
    default:
      return assertNever(transfer.state)
  }
}

async function waitForPatient(
  tx: Tx,
  room: RefundsParts,
  { leg, of }: Found,
  transfer: Transfer,
): Promise<void> {
  if (leg.state !== 'paying') return strange(room, leg, 'to-confirm')
  const dueMs = reminderDue(transfer.sentAtMs, leg.reminded)
  setTimer(tx, leg, { next_action_at_ms: dueMs ?? null })
  const occasion = transfer.number ?? ''
  await tellPatient(tx, room, { of, leg, kind: 'waiting', occasion })
}

/** By query FAIL or CANCELLED: given back if somebody wished it or nothing else can help, else it waits as one-sided. */
async function takeUnpaid(tx: Tx, room: RefundsParts, { leg, of }: Found, transfer: Transfer): Promise<void> {
  const fail = transfer.failReason ?? transfer.wechatState ?? 'not-paid'
  const next = transfer.isCancelWished ? 'give-back' : afterFail(transfer.failReason)
  if (next === 'give-back') return giveBack(tx, room, leg, { happening: 'failed', fail, again: false })
  const nowMs = room.clock.nowMs()
  const after = changeHeldLeg(tx, leg, {
    ...{ happening: 'unpaid', nowMs, detail: fail },
    set: {
      fail,
      one_sided_at_ms: nowMs,
      task_at_ms: next === 'clerk' ? nowMs : null,
      next_action_at_ms: nowMs,
    },
  })
  if (!after) return strange(room, leg, 'not-paid')
  await tellPatient(tx, room, {
    ...{ of, leg, kind: 'expired', occasion: transfer.number ?? '' },
  })
}

async function takeRefund(tx: Tx, room: RefundsParts, refund: Refund): Promise<void> {
  if (refund.state === 'closed') return
  const found = await lockLegOfPayout(tx, refund.id)
  if (!found) return
  const { leg } = found
  switch (refund.state) {
    case 'under-way':
    case 'needs-person':
      return
    case 'done':
      return takePayment(tx, room, found, refund.number ?? refund.id, refund.doneAtMs)
    case 'refused':
      return giveBack(tx, room, leg, { happening: 'failed', fail: refund.problem ?? 'refused', again: false })
    case 'not-paid': {
      const nowMs = room.clock.nowMs()
      const set = { fail: 'CLOSED', one_sided_at_ms: nowMs, task_at_ms: nowMs }
      const after = changeHeldLeg(tx, leg, { happening: 'unpaid', nowMs, detail: 'CLOSED', set })
      return after ? undefined : strange(room, leg, 'not-paid')
    }
    default:
      return assertNever(refund.state)
  }
}

async function takePayment(
  tx: Tx,
  room: RefundsParts,
  { leg, of }: Found,
  number: string,
  paidAtMs: number | undefined,
): Promise<void> {
  const nowMs = room.clock.nowMs()
  const paid = changeHeldLeg(tx, leg, {
    // What a HIS without holds took out is out: it has nothing to confirm.
    ...{ happening: leg.his_mode === 'hold' ? 'paid' : 'paid-out', nowMs },
    set: { payout_number: number, paid_at_ms: paidAtMs ?? nowMs, fail: null },
  })
  if (!paid) return strange(room, leg, 'paid')
  const way = leg.route
  noteRefunded(tx, { legId: leg.id, patid: of.patid, amountFen: leg.amount_fen, way, atMs: nowMs })
  await tellPatient(tx, room, { of, leg: paid, kind: 'paid' })
  await room.jobs.wake(tx, REFUNDS_WORK)
}

async function giveBack(
  tx: Tx,
  room: RefundsParts,
  leg: Locked<LegRow>,
  { happening, fail, again }: { happening: 'unfunded' | 'failed'; fail: string; again: boolean },
): Promise<void> {
  const after = changeHeldLeg(tx, leg, {
    ...{ happening, nowMs: room.clock.nowMs(), detail: fail },
    set: { fail, after_release: again ? 'retry' : 'end' },
  })
  if (!after) return strange(room, leg, fail)
  await room.jobs.wake(tx, REFUNDS_WORK)
}

/** Never lost: the payments room keeps what it knows, and somebody has to look. */
function strange({ log }: RefundsParts, leg: LegRow, what: string): void {
  log.error({ leg: leg.id, state: leg.state, what }, 'what became known of a payout does not fit its leg')
}
