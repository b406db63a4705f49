import { DAY_MS } from '@zhangyi/core'
import type { AccountRow, Stage } from '../accounts/account.ts'
import { type Door, wantsSecondFactor } from './door.ts'

type Parts = Pick<Door, 'settings' | 'clock'>

/**
 * What comes next. The code of a second factor that is there is asked for before the password may be changed: who only
 * knows the password gets nowhere.
 */
export function nextStage(
  door: Parts,
  account: AccountRow,
  { hasShownCode, byProvider = false }: { readonly hasShownCode: boolean; readonly byProvider?: boolean },
): Stage {
  if (account.totp_secret !== null && !hasShownCode) return 'code'
  if (!byProvider && (account.password_is_given || isTooOld(door, account))) return 'password'
  return account.totp_secret === null && !hasShownCode && wantsSecondFactor(door) ? 'enrol' : 'ready'
}

function isTooOld({ settings, clock }: Parts, { password_set_at_ms }: AccountRow): boolean {
  const { operatorPasswordDays: days } = settings
  return days > 0 && clock.nowMs() >= password_set_at_ms + days * DAY_MS
}
