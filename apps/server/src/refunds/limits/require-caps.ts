import { HOUR_MS, startOfShanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { RefundsRoom } from '../room.ts'
import type { RefundsTables } from '../tables.ts'

/** Whose sums of the day are counted. */
export interface Capped {
  readonly patid: string
  readonly amountFen: number
  /** False: it was applied for before, and was turned away; it counts as no further application. */
  readonly isNew?: boolean
}

/**
 * Refuses what would go over a cap of the day: of the whole hospital, of the archive, of the WeChat user. What was
 * refused, given back or turned away counts nothing; what was turned away and tried again counts on the day of that. The caller holds the user, so that an openid's applications come one
 * after the other; those of an archive or of the whole hospital do only where it has a cap.
 */
export async function requireCaps(
  tx: Tx,
  room: RefundsRoom,
  session: Session,
  { patid, amountFen, isNew = true }: Capped,
): Promise<void> {
  const { caps } = hospitalOf(room, session).refunds
  const { merchantDayFen, patientDayFen, openidDayFen, openidDayCases } = caps
  const { retryHours } = hospitalOf(room, session).refunds.face
  const fromMs = startOfShanghaiDay(room.clock.nowMs())
  const day: Day = { tx, fromMs, retriedFromMs: fromMs - retryHours * HOUR_MS }
  const { openid, userId } = session
  if (merchantDayFen !== undefined) {
    await oneByOne(tx, 'all')
    if ((await spent(day, {})) + amountFen > merchantDayFen)
      refuse('今天的退款总额已满，请明天再来。您的余额不受影响。')
  }
  if (patientDayFen !== undefined) {
    await oneByOne(tx, patid)
    if ((await spent(day, { patid })) + amountFen > patientDayFen)
      refuse('今天退款的金额已到上限，请明天再来，或到窗口办理。')
  }
  if (openidDayFen !== undefined && (await spent(day, { userId, openid })) + amountFen > openidDayFen)
    refuse('这个微信今天退款的金额已到上限，请明天再来，或到窗口办理。')
  if (isNew && (await countOf(day, session)) >= openidDayCases)
    refuse('今天申请的次数已用完，请明天再来，或到窗口办理。')
}

interface Day {
  readonly tx: Tx
  readonly fromMs: number
  /** What was applied for before this cannot have been tried again today. */
  readonly retriedFromMs: number
}

/** Two at once would each count without the other. */
async function oneByOne(tx: Tx, whose: string): Promise<void> {
  const key = `refund-caps:${tx.hospitalId}:${whose}`
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx.sql)
}

/** Of the whole hospital, or of whose it is. */
interface Whose {
  readonly patid?: string
  /** An openid belongs to one user, by whom the day's cases are found. */
  readonly userId?: string
  readonly openid?: string
}

async function spent({ tx, fromMs, retriedFromMs }: Day, { patid, userId, openid }: Whose): Promise<number> {
  const { sum } = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case as c')
    .innerJoin('refund_leg as l', (join) =>
      join.onRef('l.hospital_id', '=', 'c.hospital_id').onRef('l.case_id', '=', 'c.id'),
    )
    .select(({ fn }) => fn.coalesce(fn.sum<string>('l.amount_fen'), sql<string>`0`).as('sum'))
    .where('c.hospital_id', '=', tx.hospitalId)
    .where('c.created_at_ms', '>=', retriedFromMs)
    .where((row) =>
      row.or([
        row('c.created_at_ms', '>=', fromMs),
        row.exists(
          row
            .selectFrom('refund_step as s')
            .select('s.step')
            .where('s.hospital_id', '=', tx.hospitalId)
            .whereRef('s.leg_id', '=', 'l.id')
            .where('s.happening', '=', 'funded')
            .where('s.at_ms', '>=', fromMs),
        ),
      ]),
    )
    .where('l.state', 'not in', ['refused', 'released', 'lapsed', 'no-funds'])
    .$if(patid !== undefined, (query) => query.where('c.patid', '=', patid ?? ''))
    .$if(userId !== undefined, (query) => query.where('c.user_id', '=', userId ?? ''))
    .$if(openid !== undefined, (query) => query.where('c.openid', '=', openid ?? ''))
    .executeTakeFirstOrThrow()
  return Number(sum)
}

async function countOf(
  { tx, fromMs }: Pick<Day, 'tx' | 'fromMs'>,
  { userId, openid }: Session,
): Promise<number> {
  const { count } = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('created_at_ms', '>=', fromMs)
    .where('openid', '=', openid)
    .executeTakeFirstOrThrow()
  return Number(count)
}

function refuse(zh: string): never {
  throw new AppError('refund-refused', { zh })
}
