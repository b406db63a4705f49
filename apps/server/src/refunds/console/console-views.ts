import { z } from 'zod'
import type { CaseDetail, LegDetail } from './case-detail.ts'
import { type ListedLeg, tagOf } from './list-open-legs.ts'

const nullableMs = z.int().nullable()

export const listedLegSchema = z.object({
  ...{ legId: z.string(), caseId: z.string(), way: z.string(), route: z.string() },
  ...{ amountFen: z.int(), state: z.string(), tag: z.string().nullable(), fail: z.string().nullable() },
  ...{ problem: z.string().nullable(), createdAtMs: z.int(), changedAtMs: z.int(), taskAtMs: nullableMs },
})
export const listedLegsSchema = z.object({ legs: z.array(listedLegSchema) })

export const caseDetailSchema = z.object({
  ...{ id: z.string(), way: z.string(), state: z.string(), channel: z.string() },
  ...{ patientName: z.string(), cardNumber: z.string(), amountFen: z.int(), balanceFen: z.int() },
  ...{ createdAtMs: z.int(), closedAtMs: nullableMs },
  legs: z.array(
    z.object({
      ...listedLegSchema.omit({ caseId: true, way: true }).shape,
      ...{ phase: z.string(), hisMode: z.string(), hisNumber: z.string().nullable() },
      ...{ payoutNumber: z.string().nullable(), paidAtMs: nullableMs },
      steps: z.array(
        z.object({
          ...{ atMs: z.int(), happening: z.string(), state: z.string() },
          ...{ detail: z.string().nullable(), actor: z.string().nullable() },
        }),
      ),
      attempts: z.array(
        z.object({
          ...{ number: z.string(), createdAtMs: z.int(), sentAtMs: nullableMs, sendings: z.int() },
          ...{ state: z.string(), queriedState: z.string().nullable() },
          ...{ lastProblem: z.string().nullable(), requestId: z.string().nullable() },
        }),
      ),
      requests: z.array(
        z.object({
          ...{ id: z.string(), askedBy: z.string(), reason: z.string(), askedAtMs: z.int() },
          ...{ state: z.string(), decidedBy: z.string().nullable() },
        }),
      ),
      bill: z
        .object({
          may: z.boolean().describe('超过 30 天，微信不再答复查询，可以按账单定结果'),
          sentAtMs: nullableMs.describe('发起的时间：从这一天的账单查起'),
          decisions: z.array(
            z.object({
              ...{ id: z.string(), paid: z.boolean(), billFrom: z.string(), billTo: z.string() },
              ...{
                billLine: z.int().nullable(),
                reason: z.string(),
                askedBy: z.string(),
                askedAtMs: z.int(),
              },
              ...{ state: z.string(), decidedBy: z.string().nullable() },
            }),
          ),
        })
        .describe('按账单定结果'),
    }),
  ),
  notices: z.array(
    z.object({
      ...{ kind: z.string(), state: z.string(), channel: z.string().nullable() },
      ...{ problem: z.string().nullable(), createdAtMs: z.int() },
    }),
  ),
})

export function listedLeg(leg: ListedLeg, nowMs: number): z.infer<typeof listedLegSchema> {
  return { caseId: leg.case_id, way: leg.way, ...legFacts(leg, tagOf(leg, nowMs)) }
}

function legFacts(leg: LegDetail['leg'], tag: string | null) {
  return {
    ...{ legId: leg.id, route: leg.route, amountFen: leg.amount_fen, state: leg.state, tag, fail: leg.fail },
    ...{ problem: leg.last_problem, createdAtMs: leg.created_at_ms, changedAtMs: leg.changed_at_ms },
    taskAtMs: leg.task_at_ms,
  }
}

export function shownCase({
  of,
  legs,
  patientName,
  cardNumber,
  notices,
}: CaseDetail): z.infer<typeof caseDetailSchema> {
  return {
    ...{ id: of.id, way: of.way, state: of.state, channel: of.channel, patientName, cardNumber },
    ...{ amountFen: of.amount_fen, balanceFen: of.balance_fen },
    ...{ createdAtMs: of.created_at_ms, closedAtMs: of.closed_at_ms },
    legs: legs.map(shownLeg),
    notices: notices.map(({ kind, state, channel, problem, createdAtMs }) => ({
      ...{ kind, state, channel: channel ?? null, problem: problem ?? null, createdAtMs },
    })),
  }
}

function shownLeg({ leg, phase, tag, steps, attempts, requests, ...of }: LegDetail) {
  return {
    ...legFacts(leg, tag),
    ...{ phase, hisMode: leg.his_mode, hisNumber: leg.his_number },
    ...{ payoutNumber: leg.payout_number, paidAtMs: leg.paid_at_ms },
    steps: steps.map(({ at_ms, happening, state, detail, actor }) => ({
      ...{ atMs: at_ms, happening, state, detail, actor },
    })),
    attempts: attempts.map(({ number, createdAtMs, sentAtMs, sendings, state, ...rest }) => ({
      ...{ number, createdAtMs, sentAtMs: sentAtMs ?? null, sendings, state },
      ...{ queriedState: rest.queriedState ?? null, lastProblem: rest.lastProblem ?? null },
      requestId: rest.requestId ?? null,
    })),
    bill: {
      ...{ may: of.isForBill, sentAtMs: of.sentAtMs ?? null },
      decisions: of.billDecisions.map((one) => ({
        ...{ id: one.id, paid: one.paid, billFrom: one.bill_from, billTo: one.bill_to },
        ...{ billLine: one.bill_line, reason: one.reason, askedBy: one.asked_by, askedAtMs: one.asked_at_ms },
        ...{ state: one.state, decidedBy: one.decided_by },
      })),
    },
    requests: requests.map(({ id, asked_by, reason, asked_at_ms, state, decided_by }) => ({
      ...{ id, askedBy: asked_by, reason, askedAtMs: asked_at_ms, state, decidedBy: decided_by },
    })),
  }
}
