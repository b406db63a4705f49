import { checkOutBillNo, checkPlatformNumber } from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { expectEndpoint, jsonBody, type PreparedRequest } from '../prepared-request.ts'
import { type ReceiptState, readReceiptState } from '../receipt-state.ts'
import type { SentResult } from '../sent-result.ts'

/** Our own number of a transfer, or WeChat's. */
export type TransferNumber = { readonly outBillNo: string } | { readonly transferBillNo: string }

/** The last step of a receipt's path, and the member that names the transfer. */
export function receiptNumber(by: TransferNumber): { kind: string; member: string; number: string } {
  if ('outBillNo' in by)
    return { kind: 'out-bill-no', member: 'out_bill_no', number: checkOutBillNo(by.outBillNo) }
  const number = checkPlatformNumber('transfer_bill_no', by.transferBillNo)
  return { kind: 'transfer-bill-no', member: 'transfer_bill_no', number }
}

/** 申请电子回单, prepared. Only for paid transfers that carried a name, within 180 days. */
export function prepareReceipt(caller: Caller, by: TransferNumber): PreparedRequest<'receipt-ask'> {
  const { kind, member, number } = receiptNumber(by)
  return {
    endpoint: 'receipt-ask',
    method: 'POST',
    mchid: caller.mchid,
    path: `${ENDPOINTS['receipt-ask']}/${kind}`,
    body: jsonBody({ [member]: number }),
    number,
  }
}

/** Asks for the receipt to be made; read it some minutes later. */
export function askReceipt(
  caller: Caller,
  prepared: PreparedRequest<'receipt-ask'>,
  send: SendOptions,
): Promise<SentResult<ReceiptState>> {
  expectEndpoint(prepared, 'receipt-ask')
  return caller.change(prepared, send, readReceiptState)
}
