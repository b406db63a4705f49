import type { Tx } from '../../platform/database/tx.ts'
import type { NoticeRow, NoticesTables } from '../tables.ts'

/** Whoever changes a notice holds it first. */
export function lockNotice(tx: Tx, id: string): Promise<NoticeRow> {
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export function isOpen({ state }: NoticeRow): boolean {
  return state === 'queued' || state === 'sending'
}

/** The caller holds the notice. */
export async function changeNotice(
  tx: Tx,
  { id }: Pick<NoticeRow, 'id'>,
  to: Partial<NoticeRow>,
): Promise<void> {
  tx.changed('notices')
  await tx.sql
    .withTables<NoticesTables>()
    .updateTable('notice')
    .set(to)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .execute()
}
