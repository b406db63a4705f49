import { shanghaiDay } from '@zhangyi/core'
import type { HisBillPage, HisBillRow, HisBills } from '../../bills.ts'
import { HisError } from '../../port.ts'
import type { Desk } from '../open-desk.ts'

/** The books day by day. A row stays where it is, because the books are only added to. */
export function offerBills(desk: Desk, pageSize: number): HisBills {
  return {
    page: (day, cursor) =>
      desk.read('bills.page', () => pageOf(rowsOf(desk.state.ledger, day), cursor, pageSize)),
  }
}

function rowsOf(ledger: readonly HisBillRow[], day: string): readonly HisBillRow[] {
  return ledger.filter(({ bookedAt }) => shanghaiDay(Date.parse(bookedAt)) === day)
}

function pageOf(rows: readonly HisBillRow[], cursor: string | undefined, pageSize: number): HisBillPage {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new HisError('refused', 'cursor-unknown', 'bills.page: no such cursor')
  const from = Number(cursor ?? 0)
  const to = from + pageSize
  return { rows: rows.slice(from, to), next: to < rows.length ? String(to) : undefined }
}
