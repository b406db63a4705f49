import { z } from 'zod'
import { PayRefusal } from '../errors.ts'
import { type PayPlatform, wake } from '../platform.ts'
import { text } from '../requests/fields.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import { refundAnswer } from './query-refund.ts'

const schema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('USER_BANK_CARD'),
    out_refund_no: text(64),
    bank_type: text(16),
    bank_account: text(1_024),
    real_name: text(1_024),
  }),
  z.object({ type: z.literal('MERCHANT_BANK_CARD'), out_refund_no: text(64) }),
])

/** 发起异常退款: an ABNORMAL refund goes to another card of the payer, or back to the merchant's card. */
export function applyAbnormalRefund(platform: PayPlatform, { params, body, serial }: PayRequest): object {
  const wish = parseInput(schema, body)
  const refund = platform.refunds.byId(params['refundId'] ?? '')
  if (!refund || refund.outRefundNo !== wish.out_refund_no)
    throw new PayRefusal('RESOURCE_NOT_EXISTS', '退款单不存在')
  if (refund.status !== 'ABNORMAL')
    throw new PayRefusal('INVALID_REQUEST', '退款单状态不是退款异常，不能发起异常退款')
  if (wish.type === 'USER_BANK_CARD') {
    const account = platform.keys.open(wish.bank_account, serial)
    if (account === undefined || platform.keys.open(wish.real_name, serial) === undefined)
      throw new PayRefusal(
        'PARAM_ERROR',
        '敏感信息解密失败，请确认请求头 Wechatpay-Serial 与加密所用的密钥一致',
      )
    refund.channel = 'OTHER_BANKCARD'
    refund.receivedAccount = `${wish.bank_type}银行卡${account.slice(-4)}`
  } else {
    refund.toMerchantCard = true
    refund.receivedAccount = '商户结算银行卡'
  }
  refund.status = 'PROCESSING'
  refund.plan = 'SUCCESS'
  refund.settlesMs = platform.clock.nowMs() + platform.settings.refundToCardMs
  platform.refunds.put(refund)
  wake(platform, refund.settlesMs)
  return refundAnswer(refund)
}
