import { asLocked } from '../../database/tx.ts'
import { AppError, badInput } from '../../errors/catalogue.ts'
import { INSTALLATION } from '../accounts/account.ts'
import { auditAccount } from '../accounts/audit-account.ts'
import { accounts, changeAccount, lockAccount } from '../accounts/find-account.ts'
import type { Entered } from './check-password.ts'
import { countFailure, requireUnlocked } from './count-failure.ts'
import type { Door } from './door.ts'
import { goOn } from './go-on.ts'
import type { FoundSession } from './sessions.ts'
import { newTotpSecret, stepOfCode } from './totp.ts'

const SECRET_CONTEXT = 'operator_account.totp_secret'
const PENDING_CONTEXT = 'operator_session.totp_pending'

/** The secret that an authenticator app is to be given: the same one for as long as this session sets it up. */
export async function offerSecondFactor(door: Door, { session, account }: FoundSession): Promise<string> {
  if (account.totp_secret !== null) throw new AppError('account-refused', { zh: '已经绑定了验证器。' })
  if (session.totp_pending) return door.cipher.open(session.totp_pending, PENDING_CONTEXT).reveal()
  const secret = newTotpSecret()
  const stored = await door.database.inTransaction(INSTALLATION, (tx) =>
    accounts(tx)
      .updateTable('operator_session')
      .set({ totp_pending: door.cipher.seal(secret, PENDING_CONTEXT) })
      .where('hospital_id', '=', tx.hospitalId)
      .where('token_hash', '=', session.token_hash)
      .where('totp_pending', 'is', null)
      .returning('account_id')
      .executeTakeFirst(),
  )
  // The page was opened twice at once: the other one's stands.
  if (!stored) throw new AppError('account-refused', { zh: '请刷新页面，再扫描一次。' })
  return secret
}

/** The code of the app: of the one that is set up now, or of the one that the account has. Throws `bad-input`. */
export async function showCode(
  door: Door,
  { session, account: seen }: FoundSession,
  token: string,
  code: string,
): Promise<Entered> {
  const isNew = seen.totp_secret === null
  const sealed = isNew ? session.totp_pending : seen.totp_secret
  if (!sealed) throw new AppError('account-refused', { zh: '请先用手机扫描二维码。' })
  const secret = door.cipher.open(sealed, isNew ? PENDING_CONTEXT : SECRET_CONTEXT).reveal()
  const entered = await door.database.inTransaction(INSTALLATION, async (tx) => {
    const nowMs = door.clock.nowMs()
    const account = await lockAccount(tx, seen.id)
    requireUnlocked(account, nowMs)
    const step = stepOfCode(secret, code, nowMs, account.totp_step)
    if (step === undefined) return void countFailure(tx, door, account, 'code')
    if (isNew)
      auditAccount(tx, door.clock, {
        ...{ by: account.login_name, action: 'second-factor-set', of: account.login_name },
      })
    const after = changeAccount(tx, account, {
      totp_step: step,
      ...(isNew && { totp_secret: door.cipher.seal(secret, SECRET_CONTEXT) }),
    })
    return goOn(tx, door, { account: asLocked(after), token, byProvider: session.by_provider })
  })
  if (!entered) throw badInput({ field: 'code', message: '验证码不对。看看手机的时间准不准，等下一个再试。' })
  return entered
}
