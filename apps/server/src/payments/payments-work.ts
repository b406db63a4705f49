import type { Clock, HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { DueWork } from '../platform/jobs/due-work.ts'
import { LEASE_MS } from './back-off.ts'
import { workNotice } from './notices/work-notice.ts'
import { resolveOrder } from './orders/resolve-order.ts'
import { resolveRefund } from './refunds/resolve-refund.ts'
import { PAYMENTS_WORK, type PaymentsRoom } from './room.ts'
import type { NoticeRow, OrderRow, RefundRow } from './tables.ts'

/** Rows worked at once: a WeChat that does not answer costs each of them the whole time limit, within the lease. */
const AT_ONCE = 8

type Due = { payment_notice: NoticeRow; payment_order: OrderRow; refund_order: RefundRow }

/**
 * The one resolver: callbacks that were stored, orders that may still be paid or are to be closed, refunds without an
 * end. Every process may run it; a row belongs to who moved its `next_action_at_ms` ahead.
 */
export function paymentsWork(room: PaymentsRoom): DueWork {
  return {
    name: PAYMENTS_WORK,
    everyMinutes: 1,
    runDue: async (clock, limit) => {
      let most = 0
      for (const { id } of room.hospitals.all)
        for (const work of [
          // Callbacks first: what they settle needs no query.
          () => workDue(room, id, 'payment_notice', { clock, limit, one: workNotice }),
          () => workDue(room, id, 'payment_order', { clock, limit, one: resolveOrder }),
          () => workDue(room, id, 'refund_order', { clock, limit, one: resolveRefund }),
        ])
          most = Math.max(most, await work())
      return most
    },
  }
}

interface Working<Row> {
  readonly clock: Clock
  readonly limit: number
  readonly one: (room: PaymentsRoom, hospitalId: HospitalId, row: Row) => Promise<void>
}

async function workDue<T extends keyof Due>(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  table: T,
  { clock, limit, one }: Working<Due[T]>,
): Promise<number> {
  let done = 0
  while (done < limit) {
    const rows = await claim(room, hospitalId, table, clock.nowMs(), Math.min(AT_ONCE, limit - done))
    if (rows.length === 0) break
    await Promise.all(rows.map((row) => workAlone(room, hospitalId, table, row, one)))
    done += rows.length
  }
  return done
}

/** One row that throws stops no other one; it keeps its lease and comes again. */
async function workAlone<T extends keyof Due>(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  table: T,
  row: Due[T],
  one: Working<Due[T]>['one'],
): Promise<void> {
  try {
    await one(room, hospitalId, row)
  } catch (error) {
    room.log.error({ err: error, table, row: row.id, looks: row.looks }, 'payment work failed')
  }
}

/** Takes due rows of one hospital, and nobody else's. */
function claim<T extends keyof Due>(
  { database }: PaymentsRoom,
  hospitalId: HospitalId,
  name: T,
  nowMs: number,
  limit: number,
): Promise<readonly Due[T][]> {
  const table = sql.table(name)
  return database.inTransaction(hospitalId, async (tx) => {
    const { rows } = await sql<Due[T]>`
      UPDATE ${table} SET next_action_at_ms = ${nowMs + LEASE_MS}, looks = looks + 1
      WHERE hospital_id = ${hospitalId} AND id = ANY (ARRAY(
        SELECT id FROM ${table} WHERE hospital_id = ${hospitalId} AND next_action_at_ms <= ${nowMs}
        ORDER BY next_action_at_ms LIMIT ${limit} FOR UPDATE SKIP LOCKED))
      RETURNING *`.execute(tx.sql)
    return rows
  })
}
