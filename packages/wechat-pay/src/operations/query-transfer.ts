import { checkOutBillNo, checkPlatformNumber } from '../check-input.ts'
import type { Caller } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { expectNumber } from '../expect-number.ts'
import { readTransferAnswer, type TransferAnswer } from '../transfer-answer.ts'

const BASE = ENDPOINTS['transfer-query']

/**
 * 商户单号查询转账单, up to 30 days back. Compare the answer with what was stored (`compareTransfer`). `not-found` is
 * inconclusive: never written, or still being accepted; wait, then send the same bytes again.
 */
export function queryTransferByOutBillNo(
  caller: Caller,
  outBillNo: string,
): Promise<TransferAnswer | 'not-found'> {
  return caller.find('transfer-query', `${BASE}/out-bill-no/${checkOutBillNo(outBillNo)}`, (answer) => {
    const transfer = readTransferAnswer(answer)
    expectNumber('out_bill_no', transfer.outBillNo, outBillNo)
    return transfer
  })
}

/** 微信转账单号查询转账单. */
export function queryTransferByTransferBillNo(
  caller: Caller,
  transferBillNo: string,
): Promise<TransferAnswer | 'not-found'> {
  const number = checkPlatformNumber('transfer_bill_no', transferBillNo)
  return caller.find('transfer-query', `${BASE}/transfer-bill-no/${number}`, (answer) => {
    const transfer = readTransferAnswer(answer)
    expectNumber('transfer_bill_no', transfer.transferBillNo, transferBillNo)
    return transfer
  })
}
