import { startOfShanghaiDay } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { RefundsRoom } from '../room.ts'
import type { RefundsTables } from '../tables.ts'
import { type Counted, type FullCap, findFullCap } from './find-full-cap.ts'

const FULL: Readonly<Record<FullCap, string>> = {
  hospital: '今天的退款总额已满，请明天再来。您的余额不受影响。',
  patient: '今天退款的金额已到上限，请明天再来，或到窗口办理。',
  openid: '这个微信今天退款的金额已到上限，请明天再来，或到窗口办理。',
}
const TOO_MANY = '今天申请的次数已用完，请明天再来，或到窗口办理。'

/** Refuses, in words for the patient, what would go over a cap of the day: a sum, or how often a WeChat user applies. */
export async function requireCaps(tx: Tx, room: RefundsRoom, counted: Counted): Promise<void> {
  const full = await findFullCap(tx, room, counted)
  if (full) throw new AppError('refund-refused', { zh: FULL[full] })
  if (counted.legIds) return
  const { openidDayCases } = hospitalOf(room, tx).refunds.caps
  const fromMs = startOfShanghaiDay(room.clock.nowMs())
  if ((await countOf(tx, counted, fromMs)) >= openidDayCases)
    throw new AppError('refund-refused', { zh: TOO_MANY })
}

async function countOf(tx: Tx, { userId, openid }: Counted, fromMs: number): Promise<number> {
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
