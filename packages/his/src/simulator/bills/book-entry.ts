import type { HisBillRow } from '../../bills.ts'
import type { HospitalState } from '../hospital-state.ts'

type Entry = Pick<HisBillRow, 'hisNumber' | 'kind' | 'patid' | 'amount' | 'bookedAt'> & Partial<HisBillRow>

/** Writes one row into the books. Numbers that the entry does not have are absent, not made up. */
export function bookEntry(state: HospitalState, entry: Entry): void {
  state.ledger.push(billRow(entry))
}

export function billRow(entry: Entry): HisBillRow {
  const { hisNumber, kind, patid, amount, bookedAt } = entry
  return {
    hisNumber,
    kind,
    patid,
    amount,
    channel: entry.channel ?? 'wechat',
    paymentNumber: entry.paymentNumber,
    refundNumber: entry.refundNumber,
    channelNumber: entry.channelNumber,
    bookedAt,
  }
}

/** Where an amount that goes back came in: the recharge that it comes out of, if it comes out of one. */
export function originOf({ recharges }: HospitalState, wanted: string | undefined): Partial<HisBillRow> {
  const from = recharges.find(({ rechargeId }) => rechargeId === wanted)
  return from ? { channel: from.channel, paymentNumber: from.paymentNumber } : {}
}
