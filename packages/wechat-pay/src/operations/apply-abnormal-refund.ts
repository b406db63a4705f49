import type { Sensitive } from '@zhangyi/core'
import { checkOutRefundNo, checkPlatformNumber, checkText } from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { expectNumber } from '../expect-number.ts'
import { encryptSensitive } from '../oaep.ts'
import { expectEndpoint, jsonBody, type PreparedRequest } from '../prepared-request.ts'
import { type RefundAnswer, readRefundAnswer } from '../refund-answer.ts'
import type { SentResult } from '../sent-result.ts'

export interface AbnormalRefundInput {
  readonly refundId: string
  readonly outRefundNo: string
  readonly to:
    | { readonly type: 'MERCHANT_BANK_CARD' }
    | {
        readonly type: 'USER_BANK_CARD'
        /** WeChat's code of the bank, e.g. `ICBC_DEBIT`. */
        readonly bankType: string
        readonly bankAccount: Sensitive<string>
        readonly realName: Sensitive<string>
      }
}

/** 发起异常退款: sends the money of a refund that is ABNORMAL elsewhere. Prepared. Throws `WechatPayInputError`. */
export function prepareAbnormalRefund(
  caller: Caller,
  input: AbnormalRefundInput,
): PreparedRequest<'refund-abnormal'> {
  const { to } = input
  const outRefundNo = checkOutRefundNo(input.outRefundNo)
  const refundId = checkPlatformNumber('refund_id', input.refundId)
  const encryption = to.type === 'USER_BANK_CARD' ? caller.encryptionKey() : undefined
  const seal = (field: string, value: Sensitive<string>) =>
    encryption && encryptSensitive(checkText(field, value.reveal(), 64), encryption.key, field)
  const body = jsonBody({
    out_refund_no: outRefundNo,
    type: to.type,
    ...(to.type === 'USER_BANK_CARD' && {
      bank_type: checkText('bank_type', to.bankType, 16),
      bank_account: seal('bank_account', to.bankAccount),
      real_name: seal('real_name', to.realName),
    }),
  })
  return {
    endpoint: 'refund-abnormal',
    method: 'POST',
    mchid: caller.mchid,
    path: `${ENDPOINTS['refund-create']}/${refundId}/apply-abnormal-refund`,
    body,
    ...(encryption && { encryptionKeyId: encryption.serial }),
    number: outRefundNo,
  }
}

/** The refund keeps its number and goes on as PROCESSING: never give it another, never call it failed. */
export function applyAbnormalRefund(
  caller: Caller,
  prepared: PreparedRequest<'refund-abnormal'>,
  send: SendOptions,
): Promise<SentResult<RefundAnswer>> {
  expectEndpoint(prepared, 'refund-abnormal')
  return caller.change(prepared, send, (answer) => {
    const refund = readRefundAnswer(answer)
    expectNumber('out_refund_no', refund.outRefundNo, prepared.number)
    return refund
  })
}
