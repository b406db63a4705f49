import { type Fen, fen, type Outcome } from '@zhangyi/core'
import { wordsOf } from '../ask.ts'
import { groupOf, patidOf } from '../ask-group.ts'
import { type ConformanceBench, must, NotOffered } from '../check.ts'

/** What was taken out of a balance: a hold, or a deduction. */
export interface Taken {
  readonly id: string
  readonly patid: string
  readonly amount: Fen
}

/** One of the two ways in which a HIS takes a deposit back, with the depositor's account. */
export interface RefundRoute {
  /** As the call is named: `hold`, `deduct`. */
  readonly verb: string
  readonly patid: string
  /** Free of what the route cannot undo: 单步扣减 without 冲红 costs the depositor money. */
  readonly undoable: boolean
  take(amount: Fen, requestKey: string): Promise<Outcome<Taken>>
  /** Gives it back, where the HIS can. */
  giveBack(taken: Taken): Promise<void>
  status(requestKey: string): Promise<Taken | undefined>
}

/** The smallest amount: whatever cannot be given back costs the depositor no more. */
export const ONE_FEN = fen(1)

export async function depositRoute(bench: ConformanceBench): Promise<RefundRoute> {
  const deposits = groupOf(bench, 'deposits')
  const patid = await patidOf(bench, 'depositor')
  return {
    verb: 'hold',
    patid,
    undoable: true,
    take: async (amount, key) =>
      withId(await deposits.hold({ patid, depositId: undefined, amount }, key), ({ holdId }) => holdId),
    giveBack: async ({ id, amount }) => {
      const released = await deposits.release({ holdId: id, amount, reason: '接入检查' }, bench.newKey())
      must(released.kind === 'yes', `release 的答复是 ${wordsOf(released)}，应当是 yes`)
    },
    status: async (key) => {
      const hold = await deposits.status(key)
      return hold && { ...hold, id: hold.holdId }
    },
  }
}

export async function deductionRoute(bench: ConformanceBench): Promise<RefundRoute> {
  const deductions = groupOf(bench, 'deductions')
  const patid = await patidOf(bench, 'depositor')
  return {
    verb: 'deduct',
    patid,
    undoable: deductions.reverse !== undefined,
    take: async (amount, key) => {
      const request = { patid, amount, rechargeId: undefined, refundNumber: refundNumberOf(key) }
      return withId(await deductions.deduct(request, key), ({ deductionId }) => deductionId)
    },
    giveBack: async ({ id, amount }) => {
      const reversal = { deductionId: id, amount, reason: '接入检查' }
      const reversed = await deductions.reverse?.(reversal, bench.newKey())
      must(!reversed || reversed.kind === 'yes', 'reverse 的答复不是 yes')
    },
    status: async (key) => {
      const deduction = await deductions.status(key)
      return deduction && { ...deduction, id: deduction.deductionId }
    },
  }
}

/** Our number of a refund: 32 letters and digits at most, as the channels want it. */
export function refundNumberOf(key: string): string {
  return `TEST${key.replace(/[^0-9a-z]/gi, '').slice(-28)}`
}

/** What the depositor can spend now. */
export async function refundableOf(bench: ConformanceBench, { patid }: RefundRoute): Promise<Fen> {
  const { refundable } = await groupOf(bench, 'balances').of(patid)
  return refundable
}

/** Enough to take a part of; the fixture promises one yuan. */
export async function richEnough(bench: ConformanceBench, route: RefundRoute): Promise<Fen> {
  const refundable = await refundableOf(bench, route)
  if (refundable < 10) throw new NotOffered('样本 depositor 的可退余额已不足 0.10 元，请换一个人')
  return refundable
}

export function taken(outcome: Outcome<Taken>, { verb }: RefundRoute): Taken {
  must(outcome.kind === 'yes', `${verb} 的答复是 ${wordsOf(outcome)}，应当是 yes`)
  must(typeof outcome.value.id === 'string' && outcome.value.id !== '', `${verb} 的答复里没有编号`)
  return outcome.value
}

function withId<T extends Omit<Taken, 'id'>>(
  outcome: Outcome<T>,
  idOf: (value: T) => string,
): Outcome<Taken> {
  if (outcome.kind !== 'yes') return outcome
  const { patid, amount } = outcome.value
  return { kind: 'yes', value: { id: idOf(outcome.value), patid, amount } }
}
