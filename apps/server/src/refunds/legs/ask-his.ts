import { type Fen, fen, type HospitalId, type Outcome, yes } from '@zhangyi/core'
import { type Deduction, type DepositHold, HisError } from '@zhangyi/his'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { deductionsOf, depositsOf, type RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

/** What the HIS keeps of a leg, in one shape for both of its modes. */
export interface Kept {
  readonly number: string
  readonly patid: string
  readonly amountFen: Fen
  /** `kept`: held or taken out. `paid-out`: the hold is confirmed. `given-back`: released or reversed. */
  readonly state: 'kept' | 'paid-out' | 'given-back'
}

/** A leg with what the HIS is asked about it. */
export interface LegOfArchive extends LegRow {
  readonly patid: string
}

/** The key under which this round's sum is held; `status` is asked with it for ever after. */
export function holdKey({ id, round }: Pick<LegRow, 'id' | 'round'>): string {
  return `${id}-h${round}`
}

const HOLD_STATES = { held: 'kept', confirmed: 'paid-out', released: 'given-back' } as const
const DEDUCTION_STATES = { deducted: 'kept', reversed: 'given-back' } as const

function ofHold({ holdId, patid, amount, state }: DepositHold): Kept {
  return { number: holdId, patid, amountFen: amount, state: HOLD_STATES[state] }
}

function ofDeduction({ deductionId, patid, amount, state }: Deduction): Kept {
  return { number: deductionId, patid, amountFen: amount, state: DEDUCTION_STATES[state] }
}

function map<T>(outcome: Outcome<T>, of: (value: T) => Kept): Outcome<Kept> {
  return outcome.kind === 'yes' ? yes(of(outcome.value)) : outcome
}

/** 冻结, or 扣减 where the HIS cannot hold. */
export async function askToHold(
  room: RefundsRoom,
  hospitalId: HospitalId,
  leg: LegOfArchive,
): Promise<Outcome<Kept>> {
  const { patid } = leg
  const amount = fen(leg.amount_fen)
  const key = holdKey(leg)
  if (leg.his_mode === 'hold') {
    const request = { patid, amount, depositId: leg.recharge_id ?? undefined }
    return map(await depositsOf(room, { hospitalId }).hold(request, key), ofHold)
  }
  // What was reversed stays in the HIS's books under its number: the next round has one of its own.
  const request = { patid, amount, rechargeId: leg.recharge_id ?? undefined, refundNumber: key }
  return map(await deductionsOf(room, { hospitalId }).deduct(request, key), ofDeduction)
}

/** 核销: only of a hold; what was taken out is out. */
export async function askToConfirm(
  room: RefundsRoom,
  hospitalId: HospitalId,
  leg: LegRow,
): Promise<Outcome<Kept>> {
  const { payout_number, paid_at_ms, his_number } = leg
  if (payout_number === null || paid_at_ms === null || his_number === null)
    throw new Error(`leg ${leg.id} is to be confirmed without what it was paid with`)
  const paid = { refundNumber: payout_number, paidAt: new Date(paid_at_ms).toISOString() }
  const request = { holdId: his_number, amount: fen(leg.amount_fen), ...paid }
  return map(await depositsOf(room, { hospitalId }).confirm(request, `${leg.id}-c${leg.round}`), ofHold)
}

/** Whether the HIS can take back what it took out; a hold it always can. One that deducts nothing any more cannot. */
export function canRelease(
  room: Pick<RefundsRoom, 'clients' | 'hospitals'>,
  hospitalId: HospitalId,
  { his_mode }: Pick<LegRow, 'his_mode'>,
): boolean {
  if (his_mode === 'hold') return true
  return room.clients.his(hospitalOf(room, { hospitalId })).deductions?.reverse !== undefined
}

/** 解冻, or 冲红. */
export async function askToRelease(
  room: RefundsRoom,
  hospitalId: HospitalId,
  leg: LegRow,
): Promise<Outcome<Kept>> {
  const key = `${leg.id}-r${leg.round}`
  const [number, amount, reason] = [leg.his_number ?? '', fen(leg.amount_fen), '退款未付出，退回余额']
  if (leg.his_mode === 'hold')
    return map(
      await depositsOf(room, { hospitalId }).release({ holdId: number, amount, reason }, key),
      ofHold,
    )
  const { reverse } = deductionsOf(room, { hospitalId })
  if (!reverse) throw new Error(`leg ${leg.id} cannot be given back`)
  return map(await reverse({ deductionId: number, amount, reason }, key), ofDeduction)
}

/** What became of this round's hold, asked with its very key. `none`: the HIS never received it. `unknown`: no answer. */
export async function askStatus(
  room: RefundsRoom,
  hospitalId: HospitalId,
  leg: LegRow,
): Promise<Kept | 'none' | 'unknown'> {
  const key = holdKey(leg)
  try {
    if (leg.his_mode === 'hold') {
      const found = await depositsOf(room, { hospitalId }).status(key)
      return found ? ofHold(found) : 'none'
    }
    const found = await deductionsOf(room, { hospitalId }).status(key)
    return found ? ofDeduction(found) : 'none'
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    return 'unknown'
  }
}

/** The HIS knows the key, or cannot say what it did: only its status tells. */
export function isToQuery(outcome: Outcome<Kept>): boolean {
  return (
    outcome.kind === 'unknown' ||
    (outcome.kind === 'no' && (outcome.code === 'duplicate' || outcome.code === 'key-reused'))
  )
}

/** An answer about somebody else, or another sum, is none. */
export function isOurs(leg: LegOfArchive, { patid, amountFen, number }: Kept): boolean {
  return patid === leg.patid && amountFen === leg.amount_fen && number !== ''
}
