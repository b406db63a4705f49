import { DAY_MS, shanghaiDay, shanghaiMidnight } from '@zhangyi/core'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import type { Platform } from '../../platform/platform.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import { sinceMidnight } from '../schedule.ts'
import { readCompleteness, type SceneCompleteness } from './day-completeness.ts'

/** Two hours before 当日 23 点 there is time to mend something, half an hour before it is the last call. */
const ALARM_TIMES = ['21:00', '22:30'] as const
const LAST_TIME = ALARM_TIMES[1]

export interface AlarmCounts {
  readonly pending: number
  readonly parked: number
  readonly unmapped: number
  readonly missing: number
}

/**
 * Looks at the day at 21:00 and 22:30. The row of a look is there also when nothing was wrong: it is what keeps a second
 * look, in whichever process, from happening.
 */
export function alarmWork(desk: UsageDesk & Pick<Platform, 'hospitals' | 'log'>): DueWork {
  return {
    name: 'usage.alarms',
    everyMinutes: 1,
    runDue: async (clock) => {
      const nowMs = clock.nowMs()
      for (const hospital of desk.hospitals.all)
        for (const look of dueLooks(nowMs)) await lookAtDay(desk, hospital, look, nowMs)
      return 0
    },
  }
}

interface Look {
  readonly day: string
  readonly time: string
}

/** The last one of today that is due, and yesterday's last one, in case nothing ran then. */
function dueLooks(nowMs: number): readonly Look[] {
  const day = shanghaiDay(nowMs)
  const sinceMidnightMs = nowMs - shanghaiMidnight(day)
  const time = ALARM_TIMES.findLast((one) => sinceMidnightMs >= sinceMidnight(one))
  const yesterday = { day: shanghaiDay(nowMs - DAY_MS), time: LAST_TIME }
  return time === undefined ? [yesterday] : [yesterday, { day, time }]
}

async function lookAtDay(
  { database, successes, log }: UsageDesk & Pick<Platform, 'log'>,
  hospital: UsageHospital,
  { day, time }: Look,
  nowMs: number,
): Promise<void> {
  const raised = await database.inTransaction(hospital.id, async (tx) => {
    if (await wasLooked(tx, day, time)) return undefined
    const { scenes } = await readCompleteness(tx, successes, hospital, day, nowMs)
    const counts = alarmCounts(scenes, time === LAST_TIME)
    const { rows } = await sql`
      INSERT INTO usage_alarm (hospital_id, day, at_time, raised_at_ms, pending, parked, unmapped, missing)
      VALUES (${tx.hospitalId}, ${day}, ${time}, ${nowMs}, ${counts.pending}, ${counts.parked}, ${counts.unmapped},
        ${counts.missing})
      ON CONFLICT DO NOTHING RETURNING 1`.execute(tx.sql)
    if (rows.length === 0 || !isAlarm(counts)) return undefined
    recordAudit(tx, {
      ...{ atMs: nowMs, actor: 'system:usage', action: 'usage.alarm', subject: `${day} ${time}` },
      ...{ traceId: currentTraceId(), detail: { ...counts } },
    })
    return counts
  })
  if (raised) log.error({ hospital: hospital.id, day, time, ...raised }, 'usage events wait or are missing')
}

async function wasLooked(tx: Tx, day: string, time: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM usage_alarm
    WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND at_time = ${time}`.execute(tx.sql)
  return rows.length > 0
}

/** At the last look whatever still waits is too much; before it, what waits for its planned time is in order. */
function alarmCounts(scenes: readonly SceneCompleteness[], last: boolean): AlarmCounts {
  const sum = (pick: (scene: SceneCompleteness) => number) =>
    scenes.reduce((total, scene) => total + pick(scene), 0)
  const unmapped = sum(({ parkedBy }) => parkedBy['department-unmapped'] ?? 0)
  return {
    pending: sum(({ pending, stuck }) => (last ? pending : stuck)),
    parked: sum(({ parked }) => parked) - unmapped,
    unmapped,
    missing: sum(({ gap }) => Math.max(0, gap ?? 0)),
  }
}

function isAlarm({ pending, parked, unmapped, missing }: AlarmCounts): boolean {
  return pending + parked + unmapped + missing > 0
}
