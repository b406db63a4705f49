import { checkOutBillNo } from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { expectNumber } from '../expect-number.ts'
import { expectEndpoint, type PreparedRequest } from '../prepared-request.ts'
import { requiredText, requiredTimeMs } from '../read-members.ts'
import type { SentResult } from '../sent-result.ts'
import { readTransferStatus, type TransferStatus } from '../transfer-states.ts'

export type CancelledTransfer = TransferStatus & {
  readonly outBillNo: string
  readonly transferBillNo: string
  readonly updateTimeMs: number
}

/** 撤销转账, prepared: a POST without body. Throws `WechatPayInputError`. */
export function prepareTransferCancel(caller: Caller, outBillNo: string): PreparedRequest<'transfer-cancel'> {
  const number = checkOutBillNo(outBillNo)
  return {
    endpoint: 'transfer-cancel',
    method: 'POST',
    mchid: caller.mchid,
    path: `/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/${number}/cancel`,
    body: new Uint8Array(),
    number,
  }
}

/** A `yes` means that the cancel was *accepted*; the payee may still win the race. Only a query tells CANCELLED. */
export function cancelTransfer(
  caller: Caller,
  prepared: PreparedRequest<'transfer-cancel'>,
  send: SendOptions,
): Promise<SentResult<CancelledTransfer>> {
  expectEndpoint(prepared, 'transfer-cancel')
  return caller.change(prepared, send, (answer): CancelledTransfer => {
    const outBillNo = requiredText(answer, 'out_bill_no')
    expectNumber('out_bill_no', outBillNo, prepared.number)
    return {
      ...readTransferStatus(answer),
      outBillNo,
      transferBillNo: requiredText(answer, 'transfer_bill_no'),
      updateTimeMs: requiredTimeMs(answer, 'update_time'),
    }
  })
}
