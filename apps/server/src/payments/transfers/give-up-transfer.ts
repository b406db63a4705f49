import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { auditPayments } from '../audit.ts'
import { freeFunds } from '../funds/reservations.ts'
import { PAYMENTS_WORK, type PaymentsParts, type PaymentsRoom } from '../room.ts'
import { transferOf } from '../tables.ts'
import {
  changeTransfer,
  holdTransfer,
  isStrange,
  isUnpaid,
  lockTransfer,
  setTransfer,
} from './hold-transfer.ts'
import { isOpen } from './judge-transfer.ts'
import type { Transfer } from './transfer.ts'

const MAY_BE_PAID = '这笔转账可能已经付出，或者还会付出，不能放弃。请与商户平台和账单核对。'

/**
 * Gives up what is by query not paid, or not there: no number follows, and its funds are free. Closed again it stays
 * closed. Throws `payment-refused` while WeChat may still pay it. No event: who asked closes it.
 */
export async function closeTransfer(
  tx: Tx,
  { clock }: Pick<PaymentsParts, 'clock'>,
  id: string,
): Promise<Transfer> {
  const row = await lockTransfer(tx, id)
  if (row.state === 'closed') return transferOf(row)
  if (!isUnpaid(row) || isStrange(row)) throw new AppError('payment-refused', { zh: MAY_BE_PAID })
  freeFunds(tx, row, clock.nowMs())
  auditPayments(tx, clock, {
    ...{ action: `${row.purpose}.transfer-closed`, subject: id },
    detail: { number: row.out_bill_no, from: row.state },
  })
  return transferOf(await setTransfer(tx, row, { state: 'closed', next_action_at_ms: null }))
}

/**
 * Wants an open transfer back. The background sends the cancel where WeChat's state allows it, and a query tells what came
 * of it: the patient may confirm first. What was never sent ends at once. One that has an end stays as it is.
 */
export async function wishCancel(tx: Tx, room: PaymentsRoom, id: string): Promise<Transfer> {
  const { row } = await holdTransfer(tx, id)
  if (!isOpen(row) || row.cancel_wished_at_ms !== null) return transferOf(row)
  const nowMs = room.clock.nowMs()
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-cancel-wished`, subject: id },
    detail: { number: row.out_bill_no },
  })
  // Nothing is at WeChat: either nothing was ever sent, or a query proved so and the next sending waits.
  if (row.sent_at_ms === null)
    return transferOf(
      await changeTransfer(tx, room, row, {
        ...{ state: 'not-funded', problem: 'never-sent', looks: 0, next_action_at_ms: null },
      }),
    )
  const after = await changeTransfer(tx, room, row, { cancel_wished_at_ms: nowMs, next_action_at_ms: nowMs })
  await room.jobs.wake(tx, PAYMENTS_WORK)
  return transferOf(after)
}
