import { HOUR_MS } from '@zhangyi/core'
import type { Step } from '../advance.ts'
import { announce } from '../callbacks/announce.ts'
import { MCHID } from '../credentials.ts'
import { newToken, type PayPlatform, rfc3339, wake } from '../platform.ts'
import { FINAL_STATES, type Transfer } from './transfer.ts'

/** After this WeChat begins to close an unconfirmed transfer; how long that takes is a setting. */
const CONFIRM_WITHIN_MS = 24 * HOUR_MS

export function nextTransferStep(platform: PayPlatform, transfer: Transfer): Step | undefined {
  const { ledger } = platform
  const { state, amountFen, settlesMs = 0 } = transfer
  if (FINAL_STATES.includes(state)) return undefined
  if (state === 'TRANSFERING')
    return { atMs: settlesMs, run: () => finish(platform, transfer, 'SUCCESS', settlesMs) }
  if (state === 'CANCELING')
    return { atMs: settlesMs, run: () => endCanceling(platform, transfer, settlesMs) }
  const closesMs = closesAtMs(platform, transfer)
  const close = {
    atMs: closesMs,
    run: () => finish(platform, transfer, 'FAIL', closesMs, 'OVERDUE_CLOSE'),
  }
  const nowMs = platform.clock.nowMs()
  if (transfer.waitingFor === 'funds' && closesMs > nowMs && ledger.balance('operation') >= amountFen)
    return {
      atMs: nowMs,
      // Another transfer may have taken the money within the same advance.
      run: () => ledger.balance('operation') >= amountFen && lockFunds(platform, transfer, nowMs),
    }
  return close
}

/** When an unconfirmed transfer is really closed. */
export function closesAtMs({ settings }: PayPlatform, { createdMs }: Transfer): number {
  return createdMs + CONFIRM_WITHIN_MS + settings.closeLagMs
}

/** Locks the money and asks for the payee. The operation account must hold it. */
export function lockFunds(platform: PayPlatform, transfer: Transfer, atMs: number): void {
  const { amountFen, outBillNo: number, transferBillNo: wechatNumber } = transfer
  const move = { from: 'operation', to: 'locked', amountFen } as const
  platform.ledger.post({ atMs, kind: 'transfer-locked', ...move, number, wechatNumber })
  transfer.state = 'WAIT_USER_CONFIRM'
  transfer.waitingFor = undefined
  transfer.packageInfo = newPackage()
  transfer.updatedMs = atMs
}

/** A bearer token for the confirm page, with the characters that careless URL handling mangles. */
export function newPackage(): string {
  return `ABBQO+oYAAAABAAAAAAA/${newToken(40).replaceAll('-', '+').replaceAll('_', '/')}==`
}

export function finish(
  platform: PayPlatform,
  transfer: Transfer,
  state: 'SUCCESS' | 'FAIL' | 'CANCELLED',
  atMs: number,
  failReason?: string,
): void {
  const { amountFen, outBillNo: number, transferBillNo: wechatNumber, openid } = transfer
  const about = { atMs, amountFen, number, wechatNumber, from: 'locked' } as const
  const locked = transfer.packageInfo !== undefined
  if (state === 'SUCCESS') platform.ledger.post({ ...about, kind: 'transfer-paid', to: `user:${openid}` })
  else if (locked) platform.ledger.post({ ...about, kind: 'transfer-returned', to: 'operation' })
  transfer.state = state
  transfer.failReason = failReason
  transfer.settlesMs = undefined
  transfer.updatedMs = atMs
  // Money that came back may be what another transfer waits for.
  wake(platform)
  announce(platform, {
    eventType: 'MCHTRANSFER.BILL.FINISHED',
    originalType: 'mch_payment',
    summary: '商家转账单据终态通知',
    ...{ number, url: transfer.notifyUrl, atMs },
    plain: {
      out_bill_no: number,
      transfer_bill_no: wechatNumber,
      state,
      mch_id: MCHID,
      transfer_amount: amountFen,
      openid,
      ...(failReason !== undefined && { fail_reason: failReason }),
      create_time: rfc3339(transfer.createdMs),
      update_time: rfc3339(atMs),
    },
  })
}

function endCanceling(platform: PayPlatform, transfer: Transfer, atMs: number): void {
  if (!transfer.confirmWins) {
    finish(platform, transfer, 'CANCELLED', atMs)
    return
  }
  transfer.confirmWins = undefined
  transfer.state = 'TRANSFERING'
  transfer.settlesMs = atMs + platform.settings.transferSettleMs
  transfer.updatedMs = atMs
}
