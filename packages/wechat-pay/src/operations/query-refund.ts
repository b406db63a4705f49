import { checkOutRefundNo } from '../check-input.ts'
import type { Caller } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { expectNumber } from '../expect-number.ts'
import { type RefundAnswer, readRefundAnswer } from '../refund-answer.ts'

/** 查询单笔退款, without a time limit. `not-found` is inconclusive just after sending. Throws `WechatPayError`. */
export function queryRefund(caller: Caller, outRefundNo: string): Promise<RefundAnswer | 'not-found'> {
  const path = `${ENDPOINTS['refund-create']}/${encodeURIComponent(checkOutRefundNo(outRefundNo))}`
  return caller.find('refund-query', path, (answer) => {
    const refund = readRefundAnswer(answer)
    expectNumber('out_refund_no', refund.outRefundNo, outRefundNo)
    return refund
  })
}
