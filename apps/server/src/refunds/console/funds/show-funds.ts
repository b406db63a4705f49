import { maskName } from '@zhangyi/core'
import { z } from 'zod'
import { findPayoutStop, listTopUps, viewFunds } from '../../../payments/index.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { openCasePerson } from '../../cases/case-person.ts'
import { expectedDemand } from '../../funds-watch/expected-demand.ts'
import { listAlarms } from '../../funds-watch/refund-alarm.ts'
import { turnedAway } from '../../funds-watch/turned-away.ts'
import { caseOf } from '../../legs/find-leg.ts'
import type { RefundsRoom } from '../../room.ts'
import type { LegRow } from '../../tables.ts'
import { actorWord } from '../state-words.ts'

const nullableFen = z.int().nullable()
const nullableMs = z.int().nullable()
export const fundsSchema = z.object({
  accounts: z
    .array(
      z.object({
        mchid: z.string(),
        availableFen: nullableFen.describe('最近的余额加充值，减去已经答应出去的；空：没有人说过余额'),
        ...{ balanceFen: nullableFen, asOfMs: nullableMs },
        source: z.enum(['api', 'statement', 'operator']).nullable(),
        toppedUpFen: z.int().describe('那之后登记的充值'),
        reservedFen: z.int().describe('已经申请、还没有到账的'),
        drySinceMs: nullableMs.describe('微信从那时起说余额不足'),
        lowFundsFen: z.int().describe('医院设的下限'),
        expectedFen: z.int().describe('今天预计需要：最近 7 天每天转账的中位数，加上被挡下还能再试的'),
      }),
    )
    .describe('每个付转账的商户号一个；没有开通商家转账就是空的'),
  stop: z.object({ sinceMs: z.int(), by: z.string(), reason: z.string() }).nullable(),
  alarms: z.array(
    z.object({
      ...{ kind: z.enum(['low-funds']), sinceMs: z.int(), lookedAtMs: z.int() },
      ...{
        availableFen: nullableFen,
        neededFen: z.int(),
        seenBy: z.string().nullable(),
        seenAtMs: nullableMs,
      },
    }),
  ),
  turnedAway: z.object({
    ...{ count: z.int(), amountFen: z.int() },
    patients: z
      .array(
        z.object({
          ...{ legId: z.string(), caseId: z.string(), patientName: z.string(), cardNumber: z.string() },
          ...{ amountFen: z.int(), sinceMs: z.int() },
          ...{ retryUntilMs: nullableMs, toldAtMs: nullableMs.describe('告诉他可以再试了') },
        }),
      )
      .describe('等得最久的 50 位'),
  }),
  topUps: z
    .array(z.object({ id: z.string(), amountFen: z.int(), atMs: z.int(), notedBy: z.string() }))
    .describe('登记过的充值，最近 50 笔'),
})

const SHOWN = 50

/** 付款与资金: what is there, what is promised, what today is expected to need, and who was turned away. */
export async function showFunds(
  tx: Tx,
  room: Pick<RefundsRoom, 'cipher' | 'clock' | 'hospitals'>,
  { wechatPay, refunds }: Hospital,
): Promise<z.infer<typeof fundsSchema>> {
  const nowMs = room.clock.nowMs()
  const waiting = await turnedAway(tx, nowMs)
  const stop = await findPayoutStop(tx)
  const mchid = wechatPay?.transfer && wechatPay.mchid
  const topUps = mchid === undefined ? [] : await listTopUps(tx, mchid, SHOWN)
  return {
    accounts:
      mchid === undefined
        ? []
        : [await accountOf(tx, room, { mchid, waiting, lowFundsFen: refunds.lowFundsFen })],
    stop: stop ? { ...stop, by: actorWord(stop.by) } : null,
    alarms: (await listAlarms(tx)).map((alarm) => ({ ...alarm })),
    turnedAway: {
      count: waiting.length,
      amountFen: waiting.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
      patients: await patientsOf(tx, room, waiting.slice(0, SHOWN)),
    },
    topUps: topUps.map((one) => ({ ...one, notedBy: actorWord(one.notedBy) })),
  }
}

async function accountOf(
  tx: Tx,
  room: Pick<RefundsRoom, 'clock' | 'hospitals'>,
  { mchid, waiting, lowFundsFen }: { mchid: string; waiting: readonly LegRow[]; lowFundsFen: number },
) {
  const funds = await viewFunds(tx, room)
  return {
    ...{ mchid, lowFundsFen, availableFen: funds.availableFen ?? null, balanceFen: funds.balanceFen ?? null },
    ...{ asOfMs: funds.asOfMs ?? null, source: funds.source ?? null, drySinceMs: funds.drySinceMs ?? null },
    ...{ toppedUpFen: funds.toppedUpFen, reservedFen: funds.reservedFen },
    expectedFen: await expectedDemand(tx, waiting, room.clock.nowMs()),
  }
}

async function patientsOf(tx: Tx, { cipher }: Pick<RefundsRoom, 'cipher'>, legs: readonly LegRow[]) {
  const patients = []
  for (const leg of legs) {
    const of = await caseOf(tx, leg)
    const { name, cardNumber } = openCasePerson(cipher, of)
    patients.push({
      ...{ legId: leg.id, caseId: of.id, amountFen: leg.amount_fen, sinceMs: leg.changed_at_ms },
      ...{ patientName: maskName(name.reveal()), cardNumber: cardNumber?.reveal().slice(-4) ?? '' },
      ...{ retryUntilMs: of.retry_until_ms, toldAtMs: leg.told_funded_at_ms },
    })
  }
  return patients
}
