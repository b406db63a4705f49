import { type FundFlowRow, type FundFlowSummary, fundFlowBillForm } from './fund-flow-bill-form.ts'
import { type BillOptions, type BillReader, readBill } from './read-bill.ts'

export interface FundFlowBillOptions extends BillOptions {
  /**
   * Check that each balance follows from the one before; true unless told. For an account whose file is found not to
   * be in booking order: the control totals are still compared, opening and closing balance are then unknown.
   */
  readonly checkBalance?: boolean
}

/**
 * Reads a fund-flow bill (资金账单) of one account from its plain bytes. Streaming: memory does not grow with the file.
 * Throws `BillError`; what the source throws passes through.
 */
export function readFundFlowBill(
  chunks: AsyncIterable<Uint8Array>,
  options: FundFlowBillOptions = {},
): BillReader<FundFlowRow, FundFlowSummary> {
  const form = fundFlowBillForm(options.keepExtra ?? false, options.checkBalance ?? true)
  return readBill(chunks, form, options)
}
