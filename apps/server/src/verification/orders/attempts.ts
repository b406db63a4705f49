import { DAY_MS, startOfShanghaiDay } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { PlatformPurpose } from '../purposes.ts'
import type { OrderRow, VerificationTables } from './order.ts'

/** Whether today's tries are used up: of this patient and purpose, or of this WeChat user. What passed counts for nothing. */
export async function attemptsUsedUp(
  tx: Tx,
  session: Session,
  { verification }: Hospital,
  subject: { readonly patientId: string; readonly purpose: PlatformPurpose },
  nowMs: number,
): Promise<boolean> {
  const startOfDay = startOfShanghaiDay(nowMs)
  const count = () =>
    tx.sql
      .withTables<VerificationTables>()
      .selectFrom('verification_attempt')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('hospital_id', '=', tx.hospitalId)
      .where('passed', '=', false)
      .where('at_ms', '>=', startOfDay)
      .where('at_ms', '<', startOfDay + DAY_MS)
  const ofPatient = await count()
    .where('patient_id', '=', subject.patientId)
    .where('purpose', '=', subject.purpose)
    .executeTakeFirstOrThrow()
  if (Number(ofPatient.count) >= verification.attemptsPerPatient) return true
  const ofOpenid = await count()
    .where('appid', '=', session.appid)
    .where('openid', '=', session.openid)
    .executeTakeFirstOrThrow()
  return Number(ofOpenid.count) >= verification.attemptsPerOpenid
}

/** One try: the platform's page was opened, or digits and a code were handed in. */
export async function recordAttempt(tx: Tx, session: Session, order: OrderRow, nowMs: number): Promise<void> {
  await tx.sql
    .withTables<VerificationTables>()
    .insertInto('verification_attempt')
    .values({
      hospital_id: tx.hospitalId,
      verification_id: order.id,
      patient_id: order.patient_id,
      purpose: order.purpose,
      appid: session.appid,
      openid: session.openid,
      passed: false,
      at_ms: nowMs,
    })
    .execute()
}

/** The verification passed: its tries no longer count. */
export async function forgiveAttempts(tx: Tx, order: OrderRow): Promise<void> {
  await tx.sql
    .withTables<VerificationTables>()
    .updateTable('verification_attempt')
    .set({ passed: true })
    .where('hospital_id', '=', tx.hospitalId)
    .where('verification_id', '=', order.id)
    .execute()
}
