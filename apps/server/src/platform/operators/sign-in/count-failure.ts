import { formatShanghai, MINUTE_MS } from '@zhangyi/core'
import type { Locked, Tx } from '../../database/tx.ts'
import { AppError } from '../../errors/catalogue.ts'
import type { AccountRow } from '../accounts/account.ts'
import { auditAccount } from '../accounts/audit-account.ts'
import { changeAccount } from '../accounts/find-account.ts'
import type { Door } from './door.ts'

/** Passwords and codes together. */
const MOST_FAILURES = 5
const LOCK_MS = 15 * MINUTE_MS

/** Throws `operator-locked` while nobody may try. */
export function requireUnlocked({ locked_until_ms }: AccountRow, nowMs: number): void {
  if (locked_until_ms === null || nowMs >= locked_until_ms) return
  const until = formatShanghai(locked_until_ms).slice(11, 16)
  throw new AppError('operator-locked', {
    zh: `试错太多次，这个账号锁定到 ${until}。急用请安全管理员解锁。`,
  })
}

/** One wrong password or code more. The caller commits, and then refuses. */
export function countFailure(
  tx: Tx,
  { clock }: Pick<Door, 'clock'>,
  account: Locked<AccountRow>,
  what: string,
): void {
  const failures = account.failed_tries + 1
  const isLocked = failures >= MOST_FAILURES
  changeAccount(tx, account, {
    failed_tries: isLocked ? 0 : failures,
    ...(isLocked && { locked_until_ms: clock.nowMs() + LOCK_MS }),
  })
  auditAccount(tx, clock, {
    ...{ by: account.login_name, action: isLocked ? 'locked' : 'sign-in-refused', of: account.login_name },
    detail: { what },
  })
}
