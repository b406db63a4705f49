import { DAY_MS, type HospitalId, SECOND_MS, shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import type { Platform } from '../../platform/platform.ts'

const DAYS_AHEAD = 3
const KEYS_AT_ONCE = 10_000

/**
 * Makes the tables of the days to come and of those that other systems may still tell of, and lets go of days that are
 * past their time. Days are shared by all hospitals, so the longest retention of any holds.
 */
export function keepDaysWork({ database, hospitals }: Pick<Platform, 'database' | 'hospitals'>): DueWork {
  return {
    name: 'usage.keep-days',
    everyMinutes: 30,
    runDue: async (clock) => {
      const nowMs = clock.nowMs()
      const back = Math.max(...hospitals.all.map(({ usage }) => usage.intakeDays))
      for (let day = -back; day <= DAYS_AHEAD; day++)
        await database.pool.query('SELECT usage_add_day($1)', [shanghaiDay(nowMs + day * DAY_MS)])
      const kept = Math.max(...hospitals.all.map(({ usage }) => usage.retentionDays))
      const before = shanghaiDay(nowMs - kept * DAY_MS)
      await database.pool.query('SELECT usage_drop_days($1)', [before])
      for (const { id, usage } of hospitals.all) {
        await forgetKeys({ database }, id, before)
        await forgetQuestions({ database }, id, nowMs - usage.dedupeSeconds * SECOND_MS)
      }
      return 0
    },
  }
}

/** Some at a time, so that nobody who tells of an event has to wait for it. */
async function forgetKeys(
  { database }: Pick<Platform, 'database'>,
  hospital: HospitalId,
  before: string,
): Promise<void> {
  for (let gone = KEYS_AT_ONCE; gone >= KEYS_AT_ONCE; )
    gone = await database.inTransaction(hospital, async (tx) => {
      const { rows } = await sql`
        DELETE FROM usage_key WHERE hospital_id = ${hospital} AND key_hash IN (
          SELECT key_hash FROM usage_key WHERE hospital_id = ${hospital} AND day < ${before}::date
          LIMIT ${KEYS_AT_ONCE})
        RETURNING 1`.execute(tx.sql)
      return rows.length
    })
}

/** Who asked what, once it can merge nothing any more. */
async function forgetQuestions(
  { database }: Pick<Platform, 'database'>,
  hospital: HospitalId,
  beforeMs: number,
): Promise<void> {
  await database.inTransaction(hospital, (tx) =>
    sql`DELETE FROM usage_recent WHERE hospital_id = ${hospital} AND at_ms < ${beforeMs}`.execute(tx.sql),
  )
}
