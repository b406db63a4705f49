import { AppError } from '../../errors/catalogue.ts'
import { INSTALLATION, type Stage } from '../accounts/account.ts'
import { auditAccount } from '../accounts/audit-account.ts'
import { changeAccount, findByLoginName, lockAccount } from '../accounts/find-account.ts'
import { isPassword, wasteTime } from '../accounts/password.ts'
import { countFailure, requireUnlocked } from './count-failure.ts'
import type { Door } from './door.ts'
import { dropOldSessions, openOperatorSession } from './sessions.ts'
import { nextStage } from './stage.ts'

export interface Entered {
  readonly token: string
  readonly stage: Stage
}

const WAITING = '账号还没有批准，请联系安全管理员。'
const DISABLED = '账号已停用，请联系安全管理员。'

/**
 * The first step of signing in. Throws `operator-refused` for a wrong name or password, without saying which, and
 * `operator-locked` after some of them; only who knows the password hears that the account waits or is disabled.
 */
export async function checkPassword(
  door: Door,
  { loginName, password }: { readonly loginName: string; readonly password: string },
): Promise<Entered> {
  const { database, clock } = door
  const known = await database.read(INSTALLATION, (tx) => findByLoginName(tx, loginName))
  if (!known) {
    await wasteTime(password)
    throw new AppError('operator-refused')
  }
  requireUnlocked(known, clock.nowMs())
  const isRight = await isPassword(password, known.password_hash)
  const entered = await database.inTransaction(INSTALLATION, async (tx) => {
    const account = await lockAccount(tx, known.id)
    // Another one was tried out, or given, while this one was computed.
    requireUnlocked(account, clock.nowMs())
    if (!isRight || account.password_hash !== known.password_hash)
      return void countFailure(tx, door, account, 'password')
    if (account.state !== 'active') return account.state
    dropOldSessions(tx, clock.nowMs())
    const stage = nextStage(door, account, { hasShownCode: false })
    if (stage === 'ready') {
      changeAccount(tx, account, {
        ...{ failed_tries: 0, locked_until_ms: null, last_sign_in_at_ms: clock.nowMs() },
      })
      auditAccount(tx, clock, { by: account.login_name, action: 'signed-in', of: account.login_name })
    }
    return { token: openOperatorSession(tx, door, account.id, { stage }), stage }
  })
  if (entered === undefined) throw new AppError('operator-refused')
  if (entered === 'waiting' || entered === 'disabled')
    throw new AppError('operator-refused', { zh: entered === 'waiting' ? WAITING : DISABLED })
  return entered
}
