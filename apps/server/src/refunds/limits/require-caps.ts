import { startOfShanghaiDay } from '@zhangyi/core'
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
}

/**
 * Refuses what would go over a cap of the day: of the whole hospital, of the archive, of the WeChat user. What was
 * refused, given back or turned away counts nothing. Where a cap stands, applications come one after the other.
 */
export async function requireCaps(
  tx: Tx,
  room: RefundsRoom,
  session: Session,
  { patid, amountFen }: Capped,
): Promise<void> {
  const { caps } = hospitalOf(room, session).refunds
  const { merchantDayFen, patientDayFen, openidDayFen, openidDayCases } = caps
  // Two at once would each count without the other.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`refund-caps:${tx.hospitalId}`}, 0))`.execute(
    tx.sql,
  )
  const fromMs = startOfShanghaiDay(room.clock.nowMs())
  const today = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case as c')
    .innerJoin('refund_leg as l', (join) =>
      join.onRef('l.hospital_id', '=', 'c.hospital_id').onRef('l.case_id', '=', 'c.id'),
    )
    .select(({ fn, eb }) => {
      const ofPatient = eb('c.patid', '=', patid)
      const ofOpenid = eb('c.openid', '=', session.openid)
      return [
        fn.coalesce(fn.sum<string>('l.amount_fen'), sql<string>`0`).as('all'),
        fn.coalesce(fn.sum<string>('l.amount_fen').filterWhere(ofPatient), sql<string>`0`).as('patient'),
        fn.coalesce(fn.sum<string>('l.amount_fen').filterWhere(ofOpenid), sql<string>`0`).as('openid'),
      ]
    })
    .where('c.hospital_id', '=', tx.hospitalId)
    .where('c.created_at_ms', '>=', fromMs)
    .where('l.state', 'not in', ['refused', 'released', 'lapsed', 'no-funds'])
    .executeTakeFirstOrThrow()
  const applications = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('created_at_ms', '>=', fromMs)
    .where('openid', '=', session.openid)
    .executeTakeFirstOrThrow()
  const over = (cap: number | undefined, used: string) => cap !== undefined && Number(used) + amountFen > cap
  if (over(merchantDayFen, today.all)) refuse('今天的退款总额已满，请明天再来。您的余额不受影响。')
  if (over(patientDayFen, today.patient)) refuse('今天退款的金额已到上限，请明天再来，或到窗口办理。')
  if (over(openidDayFen, today.openid)) refuse('这个微信今天退款的金额已到上限，请明天再来，或到窗口办理。')
  if (Number(applications.count) >= openidDayCases) refuse('今天申请的次数已用完，请明天再来，或到窗口办理。')
}

function refuse(zh: string): never {
  throw new AppError('refund-refused', { zh })
}
