import { sql } from 'kysely'
import { asLocked, type Locked, type Tx } from '../../database/tx.ts'
import { AppError } from '../../errors/catalogue.ts'
import type { AccountRow, OperatorTables } from './account.ts'

export function accounts(tx: Tx) {
  return tx.sql.withTables<OperatorTables>()
}

/** Login names differ by more than capital letters. */
export function findByLoginName(tx: Tx, loginName: string): Promise<AccountRow | undefined> {
  return accounts(tx)
    .selectFrom('operator_account')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where(sql<string>`lower(login_name)`, '=', loginName.toLowerCase())
    .executeTakeFirst()
}

/** Throws `not-found`. */
export async function lockAccount(tx: Tx, id: string): Promise<Locked<AccountRow>> {
  const row = await accounts(tx)
    .selectFrom('operator_account')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { zh: '没有这个账号。' })
  return asLocked(row)
}

export function changeAccount(tx: Tx, account: Locked<AccountRow>, set: Partial<AccountRow>): AccountRow {
  tx.later(
    accounts(tx)
      .updateTable('operator_account')
      .set(set)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', account.id),
  )
  return { ...account, ...set }
}

/** Whoever is signed in with it is signed in no longer. */
export function endSessions(tx: Tx, accountId: string): void {
  tx.later(
    accounts(tx)
      .deleteFrom('operator_session')
      .where('hospital_id', '=', tx.hospitalId)
      .where('account_id', '=', accountId),
  )
}
