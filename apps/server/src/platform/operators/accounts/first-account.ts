import type { Clock } from '@zhangyi/core'
import type { Database } from '../../database/database.ts'
import { INSTALLATION } from './account.ts'
import { storeAccount } from './create-account.ts'
import { accounts, changeAccount, lockAccount } from './find-account.ts'
import { hashPassword, oneTimePassword } from './password.ts'

const FIRST_NAME = 'admin'

/**
 * Before anybody ever signed in: the one account that opens all others, with a password to be printed where only who
 * installs the gateway sees it. Started again before it was used, it gets another password. Undefined: not needed.
 */
export async function ensureFirstAccount({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): Promise<{ readonly loginName: string; readonly password: string } | undefined> {
  const [first, second] = await database.read(INSTALLATION, (tx) =>
    accounts(tx)
      .selectFrom('operator_account')
      .select(['id', 'last_sign_in_at_ms'])
      .where('hospital_id', '=', tx.hospitalId)
      .orderBy('created_at_ms')
      .limit(2)
      .execute(),
  )
  if (second || (first && first.last_sign_in_at_ms !== null)) return undefined
  const password = oneTimePassword()
  const hash = await hashPassword(password)
  await database.inTransaction(INSTALLATION, async (tx) => {
    if (first) {
      const account = await lockAccount(tx, first.id)
      changeAccount(tx, account, { password_hash: hash, password_is_given: true })
    } else
      await storeAccount(tx, clock, {
        ...{ loginName: FIRST_NAME, displayName: '管理员', role: 'system', hospitals: undefined },
        ...{ hash, isGiven: true, state: 'active', by: 'installation' },
      })
  })
  return { loginName: FIRST_NAME, password }
}
