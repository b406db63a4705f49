import { startOfShanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { RefundsRoom } from '../room.ts'
import type { RefundsTables } from '../tables.ts'

/** Whose sum of the day is full: of the whole hospital, of the archive, of the WeChat user. */
export type FullCap = 'hospital' | 'patient' | 'openid'

/** What is about to count on this day. */
export interface Counted extends Pick<Session, 'userId' | 'openid'> {
  readonly patid: string
  readonly amountFen: number
  /** Of what was applied for before: the legs that it is about. They count once. */
  readonly legIds?: readonly string[]
}

/**
 * The cap of the day that this sum would go over. What was refused, given back or turned away counts nothing; what is
 * tried or sent again counts on the day of that. The caller holds the user, so that an openid's sums come one after the
 * other, and locks a leg only after this; those of an archive or of the whole hospital wait only where it has a cap.
 */
export async function findFullCap(tx: Tx, room: RefundsRoom, counted: Counted): Promise<FullCap | undefined> {
  const { caps } = hospitalOf(room, tx).refunds
  const { merchantDayFen, patientDayFen, openidDayFen } = caps
  const { userId, openid, patid, amountFen, legIds = [] } = counted
  const fromMs = startOfShanghaiDay(room.clock.nowMs())
  const isFull = async (capFen: number | undefined, whose: Whose) =>
    capFen !== undefined && (await sumOfDay(tx, { ...whose, legIds, fromMs })) + amountFen > capFen
  if (merchantDayFen !== undefined) await oneByOne(tx, 'all')
  if (await isFull(merchantDayFen, {})) return 'hospital'
  if (patientDayFen !== undefined) await oneByOne(tx, patid)
  if (await isFull(patientDayFen, { patid })) return 'patient'
  return (await isFull(openidDayFen, { userId, openid })) ? 'openid' : undefined
}

/** Two at once would each count without the other. */
async function oneByOne(tx: Tx, whose: string): Promise<void> {
  const key = `refund-caps:${tx.hospitalId}:${whose}`
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx.sql)
}

/** Nobody: of the whole hospital. An openid belongs to one user, by whom the cases are found. */
type Whose = Partial<Pick<Counted, 'patid' | 'userId' | 'openid'>>

interface Day extends Whose {
  readonly legIds: readonly string[]
  readonly fromMs: number
}

async function sumOfDay(tx: Tx, { legIds, fromMs, patid, userId, openid }: Day): Promise<number> {
  const { sum } = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg as l')
    .innerJoin('refund_case as c', (join) =>
      join.onRef('c.hospital_id', '=', 'l.hospital_id').onRef('c.id', '=', 'l.case_id'),
    )
    .select(({ fn }) => fn.coalesce(fn.sum<string>('l.amount_fen'), sql<string>`0`).as('sum'))
    .where('l.hospital_id', '=', tx.hospitalId)
    .where('l.counted_at_ms', '>=', fromMs)
    .where('l.state', 'not in', ['refused', 'released', 'lapsed', 'no-funds'])
    .$if(legIds.length > 0, (query) => query.where('l.id', 'not in', [...legIds]))
    .$if(patid !== undefined, (query) => query.where('c.patid', '=', patid ?? ''))
    .$if(userId !== undefined, (query) => query.where('c.user_id', '=', userId ?? ''))
    .$if(openid !== undefined, (query) => query.where('c.openid', '=', openid ?? ''))
    .executeTakeFirstOrThrow()
  return Number(sum)
}
