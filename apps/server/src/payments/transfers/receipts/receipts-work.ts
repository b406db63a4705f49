import type { HospitalId } from '@zhangyi/core'
import type { DueWork } from '../../../platform/jobs/due-work.ts'
import { eachHospital } from '../../../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../../../platform/jobs/work-due.ts'
import { LEASE_MS } from '../../back-off.ts'
import type { PaymentsRoom } from '../../room.ts'
import type { ReceiptRow } from '../../tables.ts'
import { resolveReceipt } from './resolve-receipt.ts'

/** Each may read a file of some hundred kilobytes. */
const AT_ONCE = 8

/**
 * Fetches the receipts that are not kept yet. A work of its own: they are many and may be slow, and no callback and no
 * payment waits behind them.
 */
export function receiptsWork(room: PaymentsRoom): DueWork {
  return {
    name: 'payments.receipts',
    everyMinutes: 1,
    runDue: (clock, limit) =>
      eachHospital(room, ({ id }) => workDue(room.database, id, dueReceipts(room, id), clock, limit)),
  }
}

function dueReceipts(room: PaymentsRoom, hospitalId: HospitalId): DueRows<ReceiptRow> {
  return {
    ...{ table: 'transfer_receipt', counter: 'looks', leaseMs: LEASE_MS, atOnce: AT_ONCE },
    one: (row) => resolveReceipt(room, hospitalId, row),
    failed: ({ transfer_id: row, looks }, error) =>
      room.log.error({ err: error, table: 'transfer_receipt', row, looks }, 'receipt work failed'),
  }
}
