import type { HospitalId } from '@zhangyi/core'
import { probeFunds, viewFunds } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { eachHospital } from '../../platform/jobs/each-hospital.ts'
import { closedBecause } from '../limits/require-open.ts'
import type { RefundsRoom } from '../room.ts'
import { expectedDemand } from './expected-demand.ts'
import { clearAlarm, raiseAlarm } from './refund-alarm.ts'
import { tellFunded } from './tell-funded.ts'
import { turnedAway } from './turned-away.ts'

export const FUNDS_WORK = 'refunds.funds'

/** Looks at each hospital's 运营账户: an alarm while it is low, and word to those who were turned away once it is not. */
export function fundsWatchWork(room: RefundsRoom): DueWork {
  return {
    name: FUNDS_WORK,
    everyMinutes: 5,
    runDue: (_clock, limit) =>
      eachHospital(room, async (hospital) =>
        hospital.wechatPay?.transfer ? lookAfter(room, hospital, limit) : 0,
      ),
  }
}

async function lookAfter(room: RefundsRoom, { id, refunds }: Hospital, limit: number): Promise<number> {
  try {
    await probeFunds(room, id)
    const { alarm, waiting } = await room.database.inTransaction(id, async (tx) => {
      const waiting = await turnedAway(tx, room.clock.nowMs())
      return { waiting, alarm: await judgeAlarm(tx, room, refunds.lowFundsFen, waiting) }
    })
    tellLog(room, id, alarm)
    if (!waiting.some(({ told_funded_at_ms }) => told_funded_at_ms === null)) return 0
    // Nobody is called to a closed door.
    if ((await closedBecause(room, id, 'face')) !== undefined) return 0
    return await room.database.inTransaction(id, (tx) => tellFunded(tx, room, waiting, limit))
  } catch (error) {
    // One hospital's trouble keeps no other from being looked after. Its text may quote what was asked.
    const { name, code } = error as Error & { code?: string }
    room.log.error({ hospital: id, error: name, code }, 'the look at the operation account failed')
    return 0
  }
}

interface AlarmChange {
  readonly change: 'raised' | 'cleared' | 'none'
  readonly availableFen: number | null
  readonly neededFen: number
}

async function judgeAlarm(
  tx: Tx,
  room: RefundsRoom,
  lowFundsFen: number,
  waiting: Awaited<ReturnType<typeof turnedAway>>,
): Promise<AlarmChange> {
  const nowMs = room.clock.nowMs()
  const { availableFen = null, drySinceMs } = await viewFunds(tx, room)
  const neededFen = Math.max(lowFundsFen, await expectedDemand(tx, waiting, nowMs))
  // Without any figure only WeChat's refusal says something.
  const isLow = availableFen === null ? drySinceMs !== undefined : availableFen < neededFen
  const figures = { availableFen, neededFen }
  if (!isLow) return { change: (await clearAlarm(tx, 'low-funds')) ? 'cleared' : 'none', ...figures }
  const isNew = await raiseAlarm(tx, { kind: 'low-funds', ...figures }, nowMs)
  return { change: isNew ? 'raised' : 'none', ...figures }
}

/** After the commit, and only where something changed. */
function tellLog({ log }: RefundsRoom, hospital: HospitalId, { change, ...figures }: AlarmChange): void {
  if (change === 'raised') log.error({ hospital, ...figures }, 'the operation account is low')
  if (change === 'cleared') log.info({ hospital, ...figures }, 'the operation account is not low any more')
}
