import { AppError } from '../../../errors/catalogue.ts'
import { INSTALLATION } from '../../accounts/account.ts'
import { auditAccount } from '../../accounts/audit-account.ts'
import { changeAccount, findByLoginName, lockAccount } from '../../accounts/find-account.ts'
import type { Entered } from '../check-password.ts'
import { requireUnlocked } from '../count-failure.ts'
import type { Door } from '../door.ts'
import { dropOldSessions, openOperatorSession } from '../sessions.ts'
import { nextStage } from '../stage.ts'

/**
 * Lets in whom the provider names, if there is an account of that name: none is made, and no role is given here. Throws
 * `operator-refused`, and `operator-locked` while the account is.
 */
export async function enterByProvider(
  door: Door,
  loginName: string,
  { hasSecondFactor }: { readonly hasSecondFactor: boolean },
): Promise<Entered> {
  const { database, clock } = door
  const entered = await database.inTransaction(INSTALLATION, async (tx) => {
    const known = await findByLoginName(tx, loginName)
    if (!known) return undefined
    const account = await lockAccount(tx, known.id)
    requireUnlocked(account, clock.nowMs())
    if (account.state !== 'active') {
      auditAccount(tx, clock, {
        ...{ by: account.login_name, action: 'sign-in-refused', of: account.login_name },
        detail: { what: 'provider', state: account.state },
      })
      return undefined
    }
    dropOldSessions(tx, clock.nowMs())
    const stage = nextStage(door, account, { hasShownCode: hasSecondFactor, byProvider: true })
    if (stage === 'ready') {
      changeAccount(tx, account, { failed_tries: 0, last_sign_in_at_ms: clock.nowMs() })
      auditAccount(tx, clock, {
        ...{ by: account.login_name, action: 'signed-in', of: account.login_name },
        detail: { through: 'provider' },
      })
    }
    return { token: openOperatorSession(tx, door, account.id, { stage, byProvider: true }), stage }
  })
  if (entered === undefined) throw new AppError('operator-refused')
  return entered
}
