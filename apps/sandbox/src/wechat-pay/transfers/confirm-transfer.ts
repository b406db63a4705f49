import { personOf } from '../people.ts'
import { type PayPlatform, wake } from '../platform.ts'
import { finish } from './settle-transfer.ts'
import type { Transfer } from './transfer.ts'

export type ConfirmResult = 'confirmed' | 'name-differs' | 'not-waiting'

/** The payee presses 确认收款. Whoever comes first, this or a cancel, decides. */
export function confirmTransfer(platform: PayPlatform, transfer: Transfer): ConfirmResult {
  if (transfer.state !== 'WAIT_USER_CONFIRM') return 'not-waiting'
  const nowMs = platform.clock.nowMs()
  if (nameDiffers(platform, transfer)) {
    finish(platform, transfer, 'FAIL', nowMs, 'NAME_NOT_CORRECT')
    return 'name-differs'
  }
  transfer.state = 'TRANSFERING'
  transfer.settlesMs = nowMs + platform.settings.transferSettleMs
  transfer.updatedMs = nowMs
  wake(platform, transfer.settlesMs)
  return 'confirmed'
}

/** Whether the payee is registered under another name than the merchant gave. */
export function nameDiffers({ people }: PayPlatform, { openid, userName }: Transfer): boolean {
  const realName = people.get(personOf(openid))?.realName
  return userName !== undefined && realName !== undefined && userName !== realName
}
