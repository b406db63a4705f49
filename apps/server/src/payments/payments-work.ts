import type { HospitalId } from '@zhangyi/core'
import type { DueWork } from '../platform/jobs/due-work.ts'
import { eachHospital } from '../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../platform/jobs/work-due.ts'
import { LEASE_MS } from './back-off.ts'
import { workNotice } from './notices/work-notice.ts'
import { resolveOrder } from './orders/resolve-order.ts'
import { resolveRefund } from './refunds/resolve-refund.ts'
import { PAYMENTS_WORK, type PaymentsRoom } from './room.ts'
import type { NoticeRow, OrderRow, RefundRow, TransferRow } from './tables.ts'
import { resolveTransfer } from './transfers/resolve-transfer.ts'

/** Rows worked at once: a WeChat that does not answer costs each of them the whole time limit, within the lease. */
const AT_ONCE = 8

type Due = {
  payment_notice: NoticeRow
  payment_order: OrderRow
  refund_order: RefundRow
  transfer_order: TransferRow
}

/**
 * The one resolver: callbacks that were stored, orders that may still be paid or are to be closed, refunds and transfers
 * without an end. Every process may run it; a row belongs to who moved its `next_action_at_ms` ahead.
 */
export function paymentsWork(room: PaymentsRoom): DueWork {
  return {
    name: PAYMENTS_WORK,
    everyMinutes: 1,
    runDue: (clock, limit) =>
      eachHospital(room, async ({ id }) => {
        let most = 0
        for (const work of [
          // Callbacks first: what they settle needs no query.
          () => workDue(room.database, id, due(room, id, 'payment_notice', workNotice), clock, limit),
          () => workDue(room.database, id, due(room, id, 'payment_order', resolveOrder), clock, limit),
          () => workDue(room.database, id, due(room, id, 'refund_order', resolveRefund), clock, limit),
          () => workDue(room.database, id, due(room, id, 'transfer_order', resolveTransfer), clock, limit),
        ])
          most = Math.max(most, await work())
        return most
      }),
  }
}

function due<T extends keyof Due>(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  table: T,
  one: (room: PaymentsRoom, hospitalId: HospitalId, row: Due[T]) => Promise<void>,
): DueRows<Due[T]> {
  return {
    ...{ table, counter: 'looks', leaseMs: LEASE_MS, atOnce: AT_ONCE },
    one: (row) => one(room, hospitalId, row),
    failed: (row, error) =>
      room.log.error({ err: error, table, row: row.id, looks: row.looks }, 'payment work failed'),
  }
}
