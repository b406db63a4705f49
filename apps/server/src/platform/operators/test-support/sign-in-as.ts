import { createHash, randomBytes } from 'node:crypto'
import { type Clock, DAY_MS, newId } from '@zhangyi/core'
import type { Database } from '../../database/database.ts'
import type { Role } from '../access/roles.ts'
import { INSTALLATION } from '../accounts/account.ts'
import { accounts, findByLoginName } from '../accounts/find-account.ts'
import { hashPassword } from '../accounts/password.ts'

export interface TestOperator {
  readonly loginName: string
  readonly role: Role
  readonly hospitals?: readonly string[]
  /** Without it nobody can sign in by password. */
  readonly password?: string
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
}

/** An account that is approved and whose password is its own; the one that is there if the name is taken. */
export async function addOperator({ database, clock }: Parts, wanted: TestOperator): Promise<string> {
  const { loginName, role, hospitals, password } = wanted
  const hash = password === undefined ? 'none' : await hashPassword(password)
  return database.inTransaction(INSTALLATION, async (tx) => {
    const known = await findByLoginName(tx, loginName)
    if (known) return known.id
    const id = newId('acc')
    tx.later(
      accounts(tx)
        .insertInto('operator_account')
        .values({
          ...{ hospital_id: tx.hospitalId, id, login_name: loginName, display_name: loginName, role },
          ...{ hospitals: hospitals ? [...hospitals] : null, state: 'active', password_hash: hash },
          ...{ password_is_given: false, password_set_at_ms: clock.nowMs(), password_before: [] },
          ...{ totp_secret: null, totp_step: null, failed_tries: 0, locked_until_ms: null },
          ...{ created_by: 'test', created_at_ms: clock.nowMs(), approved_by: null, last_sign_in_at_ms: 1 },
        }),
    )
    return id
  })
}

/** The cookie of somebody who is signed in, at a server of this origin; used all the time until it is over. */
export async function signInAs(
  parts: Parts,
  {
    origin,
    lastsMs = 400 * DAY_MS,
    ...wanted
  }: TestOperator & { readonly origin: string; readonly lastsMs?: number },
): Promise<string> {
  const accountId = await addOperator(parts, wanted)
  const token = randomBytes(32).toString('base64url')
  const endMs = parts.clock.nowMs() + lastsMs
  await parts.database.inTransaction(INSTALLATION, (tx) =>
    tx.later(
      accounts(tx)
        .insertInto('operator_session')
        .values({
          ...{ hospital_id: tx.hospitalId, token_hash: createHash('sha256').update(token).digest() },
          ...{ account_id: accountId, stage: 'ready', totp_pending: null, by_provider: false },
          ...{ created_at_ms: parts.clock.nowMs(), seen_at_ms: endMs, expires_at_ms: endMs },
        }),
    ),
  )
  return `zy_console_${new URL(origin).port}=${token}`
}
