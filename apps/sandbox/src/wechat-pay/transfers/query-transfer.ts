import { DAY_MS } from '@zhangyi/core'
import { MCHID } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import { encryptOaep } from '../keys/cipher.ts'
import { isHidden } from '../orders/prepay.ts'
import { type PayPlatform, rfc3339 } from '../platform.ts'
import type { PayRequest } from '../requests/route.ts'
import type { Transfer } from './transfer.ts'

const QUERY_WINDOW_MS = 30 * DAY_MS

/** 查询转账单 by either number: within 30 days, and never with a package_info. */
export function queryTransfer(platform: PayPlatform, { params }: PayRequest): object {
  const transfer = findTransfer(platform, params)
  if (!transfer || platform.clock.nowMs() - transfer.createdMs > QUERY_WINDOW_MS)
    throw new PayRefusal('NOT_FOUND', '记录不存在')
  return {
    mch_id: MCHID,
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    appid: transfer.appid,
    state: transfer.state,
    transfer_amount: transfer.amountFen,
    transfer_remark: transfer.remark,
    ...(transfer.failReason !== undefined && { fail_reason: transfer.failReason }),
    openid: transfer.openid,
    ...(transfer.userName !== undefined && {
      user_name: encryptOaep(transfer.userName, platform.keys.merchantPublicKeyPem),
    }),
    create_time: rfc3339(transfer.createdMs),
    update_time: rfc3339(transfer.updatedMs),
  }
}

/** By out_bill_no or transfer_bill_no; undefined also while the fault hides it. */
export function findTransfer(
  platform: PayPlatform,
  { outBillNo, transferBillNo }: { readonly outBillNo?: string; readonly transferBillNo?: string },
): Transfer | undefined {
  const { transfers } = platform
  const found = outBillNo !== undefined ? transfers.byNumber(outBillNo) : transfers.byId(transferBillNo ?? '')
  return found && !isHidden(platform, found) ? found : undefined
}
