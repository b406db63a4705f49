import { assertNever, fen } from '@zhangyi/core'
import {
  compareTransfer,
  judgeTransition,
  type TransferAnswer,
  type TransferState,
} from '@zhangyi/wechat-pay'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { findAttemptByNumber, storeAttempt } from '../attempts/attempts.ts'
import { countSending } from '../attempts/send-attempt.ts'
import { auditPayments } from '../audit.ts'
import { noteFunded } from '../funds/fund-account.ts'
import { noteLocked } from '../funds/reservations.ts'
import type { Merchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, PaymentsTables, TransferRow } from '../tables.ts'
import { endUnpaid, finishTransfer } from './end-transfer.ts'
import { CONTRADICTED, changeTransfer, type HeldTransfer, holdTransfer } from './hold-transfer.ts'
import {
  isCancellable,
  isLocked,
  isOpen,
  isWaitingForFunds,
  judgeAbsence,
  mayRepeat,
  nextLookMs,
  STATE_OF,
} from './judge-transfer.ts'
import { noteContradiction, tellPerson } from './tell-person.ts'

export type Answer = TransferAnswer | 'not-found' | 'no-answer'

/** What a look found, and what it sends now: the stored bytes of the number again, or its cancel. */
export interface Looked {
  readonly row: TransferRow
  readonly sending?: AttemptRow
  readonly cancelling?: AttemptRow
  /** The last sending, which was refused: the question may be older than that, and is to be put again. */
  readonly askAgainAfter?: number
}

/**
 * Stores what a query said of a number. A number that was replaced meanwhile is no longer this look's business.
 * `askedAfter`: the sending whose outcome was stored when the question was put.
 */
export async function settleAnswer(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant,
  { id, out_bill_no }: TransferRow,
  answer: Answer,
  askedAfter?: number,
): Promise<Looked> {
  const held = await holdTransfer(tx, id)
  const { row } = held
  if (row.out_bill_no !== out_bill_no) return { row }
  if (answer === 'no-answer') return { row: await postpone(tx, room, row) }
  if (answer === 'not-found') return settleAbsence(tx, room, held, askedAfter)
  return settleFound(tx, room, merchant, held, answer)
}

async function settleAbsence(
  tx: Tx,
  room: PaymentsRoom,
  { row, attempt }: HeldTransfer,
  askedAfter: number | undefined,
): Promise<Looked> {
  if (row.state !== 'under-way' && row.state !== 'to-confirm') return { row: await postpone(tx, room, row) }
  const nowMs = room.clock.nowMs()
  // Nobody waits for one that is to be taken back.
  const absence = judgeAbsence(attempt, row.cancel_wished_at_ms === null ? row.looks : Infinity)
  switch (absence) {
    case 'wait':
      return { row: await postpone(tx, room, row) }
    case 'again': {
      const after = await postpone(tx, room, row)
      return mayRepeat(attempt, nowMs)
        ? { row: after, sending: await countSending(tx, room.clock, attempt) }
        : { row: after }
    }
    case 'refused':
    case 'not-funded': {
      // Only a question that was put after the refusal confirms it.
      if (attempt.sendings !== askedAfter) return { row, askAgainAfter: attempt.sendings }
      const problem = attempt.last_problem
      auditPayments(tx, room.clock, {
        ...{ action: `${row.purpose}.transfer-${absence}`, subject: row.id },
        detail: { number: attempt.number, problem: problem ?? '' },
      })
      const after = { state: absence, problem, looks: 0, next_action_at_ms: null }
      return { row: await changeTransfer(tx, room, row, after) }
    }
    default:
      return assertNever(absence)
  }
}

async function settleFound(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant,
  held: HeldTransfer,
  answer: TransferAnswer,
): Promise<Looked> {
  const { row, attempt } = held
  const differs = compareTransfer(storedOf(row), answer)
  if (differs.length > 0) return { row: await tellMismatch(tx, room, row, differs) }
  const judged = judgeTransition(row.wechat_state ?? undefined, answer.state)
  // Also where it was proven before that there is no bill at all.
  if (judged === 'contradiction' || (!isOpen(row) && row.wechat_state === null))
    return { row: await noteContradiction(tx, room, row, attempt, answer.state) }
  if (!isOpen(row)) return { row }
  if (answer.state === 'UNRECOGNISED') {
    room.log.error({ transfer: row.id }, 'WeChat Pay answers with a transfer state that is not known')
    return { row: await postpone(tx, room, row) }
  }
  if (judged === 'older') return { row: await postpone(tx, room, row) }
  noteQueried(tx, attempt, answer.state)
  const facts = {
    ...{ wechat_state: answer.state, transfer_bill_no: answer.transferBillNo },
    fail_reason: answer.failReason ?? null,
  }
  const state = STATE_OF[answer.state]
  if (row.problem === CONTRADICTED && (state === 'done' || state === 'not-paid'))
    return { row: await changeTransfer(tx, room, row, { ...facts, next_action_at_ms: null }) }
  if (state === 'done') return { row: await finishTransfer(tx, room, row, facts) }
  if (state === 'not-paid') return { row: await endUnpaid(tx, room, row, facts) }
  return goOn(tx, room, merchant, held, { ...facts, state })
}

/** The bill is there and has no end: it is cancelled, posted again, or waited for. */
async function goOn(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant,
  { row: before, attempt }: HeldTransfer,
  facts: Pick<TransferRow, 'transfer_bill_no' | 'fail_reason'> & {
    readonly wechat_state: TransferState
    readonly state: 'under-way' | 'to-confirm'
  },
): Promise<Looked> {
  const nowMs = room.clock.nowMs()
  if (facts.wechat_state !== before.wechat_state) noteTaken(tx, before, facts.wechat_state, nowMs)
  // Once a person was told, only an end is taken.
  const state = before.state === 'needs-person' ? before.state : facts.state
  const looks = state === before.state ? before.looks : 0
  const row = await changeTransfer(tx, room, before, {
    ...facts,
    ...{ state, looks, next_action_at_ms: nextLookMs({ ...before, state, looks }, nowMs) },
  })
  if (row.cancel_wished_at_ms !== null && isCancellable(facts.wechat_state)) {
    const cancel = await findOrStoreCancel(tx, room, merchant, row)
    return { row, cancelling: await countSending(tx, room.clock, cancel) }
  }
  const isStuck = isWaitingForFunds(facts.wechat_state) && before.wechat_state === facts.wechat_state
  const isBlind = state === 'to-confirm' && row.package_info === null
  if (state !== 'needs-person' && (isStuck || isBlind) && mayRepeat(attempt, nowMs))
    return { row, sending: await countSending(tx, room.clock, attempt) }
  return { row }
}

/** WeChat took it: the first time that it holds the money is kept for the balance. */
export function noteTaken(tx: Tx, row: TransferRow, wechatState: TransferState, nowMs: number): void {
  if (!isLocked(wechatState)) return
  noteLocked(tx, row, nowMs)
  noteFunded(tx, row.mchid)
}

export async function postpone(
  tx: Tx,
  room: Pick<PaymentsRoom, 'clock' | 'events'>,
  row: Locked<TransferRow>,
): Promise<TransferRow> {
  if (!isOpen(row)) return row
  return changeTransfer(tx, room, row, { next_action_at_ms: nextLookMs(row, room.clock.nowMs()) })
}

async function tellMismatch(
  tx: Tx,
  room: PaymentsRoom,
  row: Locked<TransferRow>,
  differs: readonly string[],
): Promise<TransferRow> {
  if (row.problem !== 'mismatch')
    auditPayments(tx, room.clock, {
      ...{ action: 'payments.mismatch', subject: row.id },
      detail: { number: row.out_bill_no, differs: differs.join(' ') },
    })
  return tellPerson(tx, room, row, 'mismatch')
}

async function findOrStoreCancel(
  tx: Tx,
  room: PaymentsRoom,
  { client }: Merchant,
  { id, out_bill_no }: TransferRow,
): Promise<AttemptRow> {
  const known = await findAttemptByNumber(tx, 'transfer-cancel', out_bill_no)
  if (known) return known
  const prepared = client.prepareTransferCancel(out_bill_no)
  return storeAttempt(tx, room, { of: { transferId: id }, prepared })
}

/** What was stored before the number was sent. */
function storedOf({ mchid, appid, out_bill_no, amount_fen, openid }: TransferRow) {
  return { mchid, appid, outBillNo: out_bill_no, amountFen: fen(amount_fen), openid }
}

function noteQueried(tx: Tx, { id, queried_state }: AttemptRow, queried: TransferState): void {
  if (queried_state === queried) return
  tx.later(
    tx.sql
      .withTables<PaymentsTables>()
      .updateTable('payment_attempt')
      .set({ state: 'yes', queried_state: queried })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', id),
  )
}
