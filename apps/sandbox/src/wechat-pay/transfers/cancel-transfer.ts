import { z } from 'zod'
import { PayRefusal } from '../errors.ts'
import { type PayPlatform, rfc3339, wake } from '../platform.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import { nameDiffers } from './confirm-transfer.ts'
import { findTransfer } from './query-transfer.ts'
import type { TransferState } from './transfer.ts'

const CANCELLABLE: readonly TransferState[] = ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM']
const CANCELLED: readonly TransferState[] = ['CANCELING', 'CANCELLED']

/** 撤销转账: 200 says that the cancel was accepted. What came of it, only a query tells. */
export function cancelTransfer(platform: PayPlatform, { params, body }: PayRequest): object {
  parseInput(z.strictObject({}), body)
  const transfer = findTransfer(platform, params)
  if (!transfer) throw new PayRefusal('NOT_FOUND', '记录不存在')
  const nowMs = platform.clock.nowMs()
  if (CANCELLABLE.includes(transfer.state)) {
    transfer.state = 'CANCELING'
    transfer.waitingFor = undefined
    transfer.updatedMs = nowMs
    transfer.settlesMs = nowMs + platform.settings.cancelSettleMs
    // Only a payee who could confirm can win.
    const could = transfer.packageInfo !== undefined && !nameDiffers(platform, transfer)
    if (could && platform.faults.take('confirm-wins', 'cancel-transfer')) transfer.confirmWins = true
    wake(platform, transfer.settlesMs)
  } else if (!CANCELLED.includes(transfer.state))
    throw new PayRefusal('INVALID_REQUEST', '当前单据状态不允许撤销，请查询单据状态后再处理')
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    state: transfer.state,
    update_time: rfc3339(transfer.updatedMs),
  }
}
