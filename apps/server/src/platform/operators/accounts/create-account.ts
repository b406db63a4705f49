import { type Clock, newId } from '@zhangyi/core'
import type { Database } from '../../database/database.ts'
import type { Tx } from '../../database/tx.ts'
import { AppError, badInput } from '../../errors/catalogue.ts'
import type { Role } from '../access/roles.ts'
import { type AccountRow, INSTALLATION, type Operator } from './account.ts'
import { auditAccount } from './audit-account.ts'
import { accounts, findByLoginName } from './find-account.ts'
import { hashPassword, oneTimePassword } from './password.ts'

export interface NewAccount {
  readonly loginName: string
  readonly displayName: string
  readonly role: Role
  /** Undefined: all of the installation. */
  readonly hospitals: readonly string[] | undefined
}

export interface AccountParts {
  readonly database: Database
  readonly clock: Clock
}

const LOGIN_NAME = /^[\p{L}\p{N}_-]{2,32}$/u

/**
 * Opens an account with a password to be told to its owner. It waits for the security administrator, unless there is none
 * yet who could agree.
 */
export async function createAccount(
  parts: AccountParts,
  wanted: NewAccount,
  by: Pick<Operator, 'id'>,
): Promise<{ readonly account: AccountRow; readonly password: string }> {
  if (!LOGIN_NAME.test(wanted.loginName))
    throw badInput({ field: 'loginName', message: '2 至 32 个字，只用文字、数字、- 和 _' })
  const password = oneTimePassword()
  const hash = await hashPassword(password)
  const account = await parts.database.inTransaction(INSTALLATION, async (tx) => {
    const state = (await hasSecurity(tx)) ? 'waiting' : 'active'
    return storeAccount(tx, parts.clock, { ...wanted, hash, isGiven: true, state, by: by.id })
  })
  return { account, password }
}

async function hasSecurity(tx: Tx): Promise<boolean> {
  const found = await accounts(tx)
    .selectFrom('operator_account')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('role', '=', 'security')
    .where('state', '=', 'active')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export interface StoredAccount extends NewAccount {
  readonly hash: string
  readonly isGiven: boolean
  readonly state: AccountRow['state']
  readonly by: string
}

/** Throws `bad-input` for a login name that somebody has. */
export async function storeAccount(tx: Tx, clock: Clock, wanted: StoredAccount): Promise<AccountRow> {
  const { loginName, displayName, role, hospitals, by, state } = wanted
  if (await findByLoginName(tx, loginName))
    throw badInput({ field: 'loginName', message: '已经有人用这个登录名（停用的也不能再用）' })
  const nowMs = clock.nowMs()
  const account: AccountRow = {
    ...{
      hospital_id: tx.hospitalId,
      id: newId('acc'),
      login_name: loginName,
      display_name: displayName,
      role,
    },
    ...{ hospitals: hospitals ? [...hospitals] : null, state },
    ...{ password_hash: wanted.hash, password_is_given: wanted.isGiven, password_set_at_ms: nowMs },
    ...{ password_before: [], totp_secret: null, totp_step: null, failed_tries: 0, locked_until_ms: null },
    ...{ created_by: by, created_at_ms: nowMs, approved_by: null, last_sign_in_at_ms: null },
  }
  const stored = await accounts(tx)
    .insertInto('operator_account')
    .values(account)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!stored) throw new AppError('bad-input')
  auditAccount(tx, clock, { by, action: 'created', of: loginName, detail: { role, state } })
  return account
}
