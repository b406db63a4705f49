/** An electronic receipt (电子回单) that was asked for. */
export interface Receipt {
  readonly outBillNo: string
  readonly askedMs: number
  readonly readyMs: number
}
