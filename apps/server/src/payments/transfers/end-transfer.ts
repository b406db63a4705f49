import { fen } from '@zhangyi/core'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { findPayer } from '../funds/payer.ts'
import { freeFunds, spendFunds } from '../funds/reservations.ts'
import { postJournal } from '../journal/post-journal.ts'
import type { PaymentsRoom } from '../room.ts'
import type { PaymentsTables, TransferRow } from '../tables.ts'
import { changeTransfer } from './hold-transfer.ts'
import { isNamed } from './prepare-transfer.ts'

/** What WeChat said beside the state. */
type Facts = Partial<Pick<TransferRow, 'wechat_state' | 'fail_reason' | 'transfer_bill_no' | 'problem'>>

/** By query SUCCESS, or so the bill says: with the patient, for good. */
export async function finishTransfer(
  tx: Tx,
  room: PaymentsRoom,
  row: Locked<TransferRow>,
  facts: Facts,
): Promise<TransferRow> {
  const nowMs = room.clock.nowMs()
  spendFunds(tx, row, nowMs)
  postJournal(tx, {
    ...{ posting: `transfer-done:${row.id}`, caseId: row.case_id, atMs: nowMs },
    lines: [
      { account: 'deposit-in-transit', amountFen: fen(-row.amount_fen) },
      { account: 'deposit-paid', amountFen: fen(row.amount_fen) },
    ],
  })
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-paid`, subject: row.id },
    detail: { number: row.out_bill_no, amountFen: row.amount_fen },
  })
  if (isNamed(row.amount_fen) && findPayer(room, tx.hospitalId)?.settings.receiptsKept)
    wishReceipt(tx, row, nowMs)
  return changeTransfer(tx, room, row, {
    ...{ problem: null, ...facts, state: 'done', done_at_ms: nowMs, looks: 0, next_action_at_ms: null },
  })
}

/** By query FAIL or CANCELLED, or so the bill says: 单边订单. The funds are free again; another number may follow. */
export async function endUnpaid(
  tx: Tx,
  room: PaymentsRoom,
  row: Locked<TransferRow>,
  facts: Facts,
): Promise<TransferRow> {
  freeFunds(tx, row, room.clock.nowMs())
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-not-paid`, subject: row.id },
    detail: {
      number: row.out_bill_no,
      reason: facts.fail_reason ?? facts.problem ?? facts.wechat_state ?? '',
    },
  })
  return changeTransfer(tx, room, row, {
    ...{ problem: null, ...facts, state: 'not-paid', looks: 0, next_action_at_ms: null },
  })
}

function wishReceipt(tx: Tx, { id, out_bill_no }: TransferRow, nowMs: number): void {
  tx.later(
    tx.sql
      .withTables<PaymentsTables>()
      .insertInto('transfer_receipt')
      .values({
        ...{ hospital_id: tx.hospitalId, transfer_id: id, out_bill_no, state: 'to-ask', problem: null },
        ...{ hash_type: null, hash_value: null, file: null, kept_at_ms: null },
        ...{ looks: 0, next_action_at_ms: nowMs },
      }),
  )
}
