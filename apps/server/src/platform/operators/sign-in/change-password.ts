import { asLocked } from '../../database/tx.ts'
import { AppError, badInput } from '../../errors/catalogue.ts'
import { INSTALLATION } from '../accounts/account.ts'
import { auditAccount } from '../accounts/audit-account.ts'
import { changeAccount, endSessions, lockAccount } from '../accounts/find-account.ts'
import { hashPassword, isPassword, problemWith } from '../accounts/password.ts'
import type { Entered } from './check-password.ts'
import { countFailure, requireUnlocked } from './count-failure.ts'
import type { Door } from './door.ts'
import { goOn } from './go-on.ts'
import type { FoundSession } from './sessions.ts'

/** So many are remembered and do not come again. */
const REMEMBERED = 4

/** The own password, at the sign-in or later. Every other session of the account ends. Throws `bad-input`. */
export async function changePassword(
  door: Door,
  { account: seen, session }: FoundSession,
  token: string,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<Entered> {
  requireUnlocked(seen, door.clock.nowMs())
  const isRight = await isPassword(current, seen.password_hash)
  const problem = isRight ? problemWith(next, seen.login_name) : undefined
  if (problem !== undefined) throw badInput({ field: 'next', message: `新口令${problem}` })
  if (isRight)
    for (const old of [seen.password_hash, ...seen.password_before])
      if (await isPassword(next, old))
        throw badInput({ field: 'next', message: `新口令不能是最近 ${REMEMBERED + 1} 次用过的` })
  const hash = await hashPassword(next)
  const entered = await door.database.inTransaction(INSTALLATION, async (tx) => {
    const account = await lockAccount(tx, seen.id)
    requireUnlocked(account, door.clock.nowMs())
    if (account.password_hash !== seen.password_hash) throw new AppError('operator-not-signed-in')
    if (!isRight) return void countFailure(tx, door, account, 'password')
    const after = changeAccount(tx, account, {
      ...{ password_hash: hash, password_is_given: false, password_set_at_ms: door.clock.nowMs() },
      password_before: [account.password_hash, ...account.password_before].slice(0, REMEMBERED),
    })
    endSessions(tx, account.id)
    auditAccount(tx, door.clock, {
      ...{ by: account.login_name, action: 'password-changed', of: account.login_name },
    })
    return goOn(tx, door, { account: asLocked(after), token, byProvider: session.by_provider })
  })
  if (!entered) throw badInput({ field: 'current', message: '现在的口令不对' })
  return entered
}
