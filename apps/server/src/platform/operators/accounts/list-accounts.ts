import type { Database } from '../../database/database.ts'
import { type AccountRow, INSTALLATION } from './account.ts'
import { accounts } from './find-account.ts'

// A hospital has some dozens of people at the console.
const MOST = 1_000

/** What a page shows of an account: nothing of its secrets. */
export interface AccountView {
  readonly id: string
  readonly loginName: string
  readonly displayName: string
  readonly role: AccountRow['role']
  readonly hospitals: readonly string[] | null
  readonly state: AccountRow['state'] | 'locked'
  readonly hasSecondFactor: boolean
  /** The password was given by somebody else, and is not changed yet. */
  readonly isPasswordGiven: boolean
  readonly createdBy: string
  readonly createdAtMs: number
  readonly approvedBy: string | null
  readonly lastSignInAtMs: number | null
}

export async function listAccounts(database: Database, nowMs: number): Promise<readonly AccountView[]> {
  const rows = await database.read(INSTALLATION, (tx) =>
    accounts(tx)
      .selectFrom('operator_account')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .orderBy('created_at_ms')
      .orderBy('id')
      .limit(MOST)
      .execute(),
  )
  return rows.map((row) => viewOf(row, nowMs))
}

export function viewOf(row: AccountRow, nowMs: number): AccountView {
  const isLocked = row.state === 'active' && row.locked_until_ms !== null && nowMs < row.locked_until_ms
  return {
    ...{ id: row.id, loginName: row.login_name, displayName: row.display_name, role: row.role },
    ...{ hospitals: row.hospitals, state: isLocked ? 'locked' : row.state },
    ...{ hasSecondFactor: row.totp_secret !== null, isPasswordGiven: row.password_is_given },
    ...{ createdBy: row.created_by, createdAtMs: row.created_at_ms, approvedBy: row.approved_by },
    lastSignInAtMs: row.last_sign_in_at_ms,
  }
}
