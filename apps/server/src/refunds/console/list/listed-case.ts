import { maskName } from '@zhangyi/core'
import { z } from 'zod'
import { findPayouts, type Refund, type Transfer } from '../../../payments/index.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { openCasePerson } from '../../cases/case-person.ts'
import { phaseOf } from '../../cases/leg-view.ts'
import type { RefundsRoom } from '../../room.ts'
import type { CaseRow, LegRow } from '../../tables.ts'
import { tagOf } from '../list-open-legs.ts'
import {
  contradictionWord,
  failWord,
  lastProblemWord,
  problemWord,
  SHOWN_STATES,
  shownStateOf,
} from '../state-words.ts'
import { waitingReviews } from '../waiting-reviews.ts'

export const listedCaseSchema = z.object({
  ...{ id: z.string(), way: z.enum(['original', 'face']) },
  channel: z.enum(['mini-program', 'official-account']),
  patientName: z.string().describe('遮盖之后的姓名'),
  cardNumber: z.string().describe('就诊卡末四位'),
  ...{ amountFen: z.int(), createdAtMs: z.int() },
  legs: z.array(
    z.object({
      ...{ legId: z.string(), route: z.enum(['original', 'transfer']), amountFen: z.int() },
      shown: z.enum(SHOWN_STATES).describe('状态：one-sided 可重发，overdue 不可重发'),
      why: z.string().nullable().describe('为什么这样，给财务看'),
      changedAtMs: z.int().describe('从什么时候起是这个状态'),
      payoutNumber: z.string().nullable().describe('商户单号或商户退款单号，最新的'),
      wechatNumber: z.string().nullable().describe('微信单号'),
      waitsForReview: z.boolean().describe('在等第二个人复核'),
    }),
  ),
})
export type ListedCase = z.infer<typeof listedCaseSchema>

/** They are dealt with; no hospital has that many. */
const MOST_REVIEWS = 500

/** Masked, with where each of the given sums stands. */
export async function viewCases(
  tx: Tx,
  { cipher, clock }: Pick<RefundsRoom, 'cipher' | 'clock'>,
  cases: readonly CaseRow[],
  legs: readonly LegRow[],
): Promise<readonly ListedCase[]> {
  const payouts = await findPayouts(
    tx,
    legs.flatMap(({ payout_id }) => payout_id ?? []),
  )
  const reviewed = new Set(await waitingReviews(tx, MOST_REVIEWS))
  const nowMs = clock.nowMs()
  const viewLeg = (leg: LegRow) => {
    const transfer = payouts.transfers.get(leg.payout_id ?? '')
    const refund = payouts.refunds.get(leg.payout_id ?? '')
    const payout = transfer ?? refund
    return {
      ...{ legId: leg.id, route: leg.route, amountFen: leg.amount_fen, changedAtMs: leg.changed_at_ms },
      shown: shownStateOf(leg, tagOf(leg, nowMs), phaseOf({ leg, transfer, refund })),
      why: whyOf(leg, payout) ?? null,
      payoutNumber: transfer?.number ?? payouts.refundNumbers.get(leg.payout_id ?? '') ?? leg.payout_number,
      wechatNumber: transfer?.billNumber ?? null,
      waitsForReview: reviewed.has(leg.id),
    }
  }
  return cases.map((of) => {
    const { name, cardNumber } = openCasePerson(cipher, of)
    return {
      ...{ id: of.id, way: of.way, channel: of.channel, amountFen: of.amount_fen },
      ...{ createdAtMs: of.created_at_ms, patientName: maskName(name.reveal()) },
      cardNumber: cardNumber?.reveal().slice(-4) ?? '',
      legs: legs.filter(({ case_id }) => case_id === of.id).map(viewLeg),
    }
  })
}

function whyOf(leg: LegRow, payout: Transfer | Refund | undefined): string | undefined {
  const problem = payout?.problem
  if (problem === 'contradicted') return contradictionWord(payout)
  if (leg.state === 'one-sided' || leg.state === 'released')
    return leg.fail === null ? undefined : failWord(leg.fail)
  if (leg.state === 'paying') return problem === undefined ? undefined : problemWord(problem)
  return leg.last_problem === null ? undefined : lastProblemWord(leg.last_problem)
}
