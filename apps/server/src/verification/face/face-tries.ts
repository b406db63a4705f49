import { startOfShanghaiDay } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { FacePurpose } from './face-check.ts'
import { faceChecks } from './face-check-rows.ts'

// A check that never came to a judgement counts for nothing to the patient, but WeChat's quota of the day pays for it.
const STARTS_FOR_A_TRY = 3

type Subject = { readonly purpose: FacePurpose; readonly personIndex: Buffer }

/**
 * Whether today's face checks are used up: of this person and purpose, or of this WeChat user. Only one in which a face
 * or an identity was judged and did not pass counts as a try; the platform counts those of its own orders, and so do
 * our verifications. Starts are limited for everybody, so that one user cannot spend the hospital's quota.
 */
export async function faceTriesUsedUp(
  tx: Tx,
  session: Session,
  hospital: Hospital,
  subject: Subject,
  nowMs: number,
): Promise<boolean> {
  const starts = await countOf(today(tx, nowMs), session)
  if (starts >= hospital.verification.attemptsPerOpenid * STARTS_FOR_A_TRY) return true
  return judgedTriesUsedUp(tx, session, hospital, subject, nowMs)
}

/** The same without the starts: asked before each judgement, so that dialogues opened beforehand are no way round. */
export async function judgedTriesUsedUp(
  tx: Tx,
  session: Session,
  { verification: { attemptsPerPatient, attemptsPerOpenid } }: Hospital,
  { purpose, personIndex }: Subject,
  nowMs: number,
): Promise<boolean> {
  if (purpose === 'platform-order') return false
  const judged = today(tx, nowMs)
    .where('purpose', '!=', 'platform-order')
    .where('counts_as_attempt', '=', true)
    .where('state', '!=', 'passed')
  const ofPerson = judged.where('person_index', '=', personIndex).where('purpose', '=', purpose)
  if ((await countOf(ofPerson)) >= attemptsPerPatient) return true
  return (await countOf(judged, session)) >= attemptsPerOpenid
}

function today(tx: Tx, nowMs: number) {
  return faceChecks(tx)
    .selectFrom('face_check')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('created_at_ms', '>=', startOfShanghaiDay(nowMs))
}

async function countOf(query: ReturnType<typeof today>, user?: Session): Promise<number> {
  const of = user ? query.where('appid', '=', user.appid).where('openid', '=', user.openid) : query
  return Number((await of.executeTakeFirstOrThrow()).count)
}
