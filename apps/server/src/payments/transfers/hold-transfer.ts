import { asLocked, type Locked, type Tx } from '../../platform/database/tx.ts'
import { findNewestAttempt } from '../attempts/attempts.ts'
import type { PaymentsRoom } from '../room.ts'
import { type AttemptRow, type PaymentsTables, type TransferRow, transferOf } from '../tables.ts'

/** What is held while a transfer changes. */
export interface HeldTransfer {
  readonly row: Locked<TransferRow>
  /** Of its newest number. */
  readonly attempt: AttemptRow
}

/** Who changes a transfer holds it first, then its reservation, then the merchant's account. */
export async function holdTransfer(tx: Tx, id: string): Promise<HeldTransfer> {
  // The second waits for the first where the database does, and sees what the first waited for.
  const [row, attempt] = await Promise.all([lockTransfer(tx, id), findNewestAttempt(tx, id)])
  if (!attempt) throw new Error(`transfer ${id} has no attempt`)
  return { row, attempt }
}

export async function lockTransfer(tx: Tx, id: string): Promise<Locked<TransferRow>> {
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('transfer_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new Error(`no transfer ${id}`))
  return asLocked(row)
}

/** Who asked hears of a new state, and of a newer way to the confirm page. */
export async function changeTransfer(
  tx: Tx,
  room: Pick<PaymentsRoom, 'events'>,
  before: Locked<TransferRow>,
  after: Partial<TransferRow>,
): Promise<Locked<TransferRow>> {
  const row = setTransfer(tx, before, after)
  if (!isNews(before, row)) return row
  await room.events.transferChanged(tx, transferOf(row))
  // Who hears of an end without payment may close it at once.
  return isUnpaid(row) ? lockTransfer(tx, row.id) : row
}

/** For a change that who asked makes itself. */
export function setTransfer(
  tx: Tx,
  before: Locked<TransferRow>,
  after: Partial<TransferRow>,
): Locked<TransferRow> {
  tx.later(
    tx.sql
      .withTables<PaymentsTables>()
      .updateTable('transfer_order')
      .set(after)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', before.id)
      .where('state', '=', before.state),
  )
  return { ...before, ...after }
}

/** By query nothing was paid and no bill is open: the number may be sent again, replaced or given up. */
export function isUnpaid({ state }: Pick<TransferRow, 'state'>): boolean {
  return state === 'not-funded' || state === 'refused' || state === 'not-paid'
}

function isNews(before: TransferRow, row: TransferRow): boolean {
  if (row.state !== before.state) return true
  return row.state === 'to-confirm' && row.package_at_ms !== before.package_at_ms
}

/** What WeChat says contradicts an end that it told before: nothing goes on by itself. */
export const CONTRADICTED = 'contradicted'

/** What WeChat says does not fit: it proves nothing until a person has looked. */
export function isStrange({ problem }: Pick<TransferRow, 'problem'>): boolean {
  return problem === CONTRADICTED || problem === 'mismatch'
}
