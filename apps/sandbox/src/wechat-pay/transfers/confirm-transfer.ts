import { personOf } from '../people.ts'
import { type PayPlatform, wake } from '../platform.ts'
import { finish } from './settle-transfer.ts'
import type { Transfer } from './transfer.ts'

export type ConfirmResult = 'confirmed' | 'name-differs' | 'not-waiting'

/** The payee presses 确认收款. Whoever comes first, this or a cancel, decides. */
export function confirmTransfer(platform: PayPlatform, transfer: Transfer): ConfirmResult {
  if (transfer.state !== 'WAIT_USER_CONFIRM') return 'not-waiting'
  const nowMs = platform.clock.nowMs()
  const realName = platform.people.get(personOf(transfer.openid))?.realName
  if (transfer.userName !== undefined && realName !== undefined && transfer.userName !== realName) {
    finish(platform, transfer, 'FAIL', nowMs, 'NAME_NOT_CORRECT')
    return 'name-differs'
  }
  transfer.state = 'TRANSFERING'
  transfer.settlesMs = nowMs + platform.settings.transferSettleMs
  transfer.updatedMs = nowMs
  wake(platform, transfer.settlesMs)
  return 'confirmed'
}
