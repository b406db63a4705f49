import { type BillOptions, type BillReader, readBill } from './read-bill.ts'
import { type TradeBillKind, tradeBillForm } from './trade-bill-form.ts'
import type { TradeBillRow, TradeBillSummary } from './trade-bill-row.ts'

export interface TradeBillOptions extends BillOptions {
  /** The `bill_type` that was asked for; ALL unless told. SUCCESS has no refund columns, REFUND has two more. */
  readonly kind?: TradeBillKind
}

/**
 * Reads a trade bill (交易账单) from its plain bytes: payments and refunds of one day, not transfers. Streaming: memory
 * does not grow with the file. A refund row stands on the day it was asked for and is never updated, so its state is
 * a snapshot; only a query tells the final one. Throws `BillError`; what the source throws passes through.
 */
export function readTradeBill(
  chunks: AsyncIterable<Uint8Array>,
  options: TradeBillOptions = {},
): BillReader<TradeBillRow, TradeBillSummary> {
  return readBill(chunks, tradeBillForm(options.kind ?? 'ALL', options.keepExtra ?? false), options)
}
