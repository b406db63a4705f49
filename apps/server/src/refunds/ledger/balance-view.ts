import { maskCardNumber, maskIdNumber, maskName, maskPhone, type Sensitive } from '@zhangyi/core'
import type { BalanceProblem } from './problems.ts'
import type { BalancePerson } from './sealed-person.ts'
import type { BalanceRow, BalanceSource, RefundedWay } from './tables.ts'

/** A balance as a clerk sees it: who, how much, since when, told when, refunded how. */
export interface BalanceView {
  readonly patid: string
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly card: string
  readonly balanceFen: number
  readonly since: string | null
  readonly source: BalanceSource
  readonly firstToldAtMs: number | null
  readonly toldAtMs: number | null
  readonly toldHow: string | null
  readonly refundedFen: number
  readonly refundedAtMs: number | null
  readonly refundedWays: readonly RefundedWay[]
  readonly elsewhereFen: number
  readonly clearedAtMs: number | null
  readonly problems: readonly BalanceProblem[]
  readonly askedAtMs: number | null
  readonly askedProblem: string | null
}

export function balanceView(row: BalanceRow, person: Sensitive<BalancePerson>): BalanceView {
  return {
    ...{ patid: row.patid, ...maskPerson(person.reveal()), balanceFen: row.balance_fen, since: row.since },
    ...{ source: row.source, firstToldAtMs: row.first_told_at_ms, toldAtMs: row.told_at_ms },
    ...{ toldHow: row.told_how, refundedFen: row.refunded_fen, refundedAtMs: row.refunded_at_ms },
    ...{ refundedWays: row.refunded_ways, elsewhereFen: row.elsewhere_fen, clearedAtMs: row.cleared_at_ms },
    ...{ problems: row.problems, askedAtMs: row.asked_at_ms, askedProblem: row.asked_problem },
  }
}

export function maskPerson({ name, idNumber, phone, card }: BalancePerson): BalancePerson {
  const masked = (text: string, mask: (text: string) => string) => (text === '' ? '' : mask(text))
  return {
    ...{ name: masked(name, maskName), idNumber: masked(idNumber, maskIdNumber) },
    ...{ phone: masked(phone, maskPhone), card: masked(card, maskCardNumber) },
  }
}
