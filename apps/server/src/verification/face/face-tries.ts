import { shanghaiDay } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { FacePurpose } from './face-check.ts'
import { faceChecks } from './face-check-rows.ts'

// A check that never came to a judgement counts for nothing to the patient, but WeChat's quota of the day pays for it.
const STARTS_FOR_A_TRY = 3

/**
 * Whether today's face checks are used up: of this person and purpose, or of this WeChat user. Only one in which a face
 * or an identity was judged and did not pass counts as a try; the platform counts those of its own orders, and so do
 * our verifications. Starts are limited for everybody, so that one user cannot spend the hospital's quota.
 */
export async function faceTriesUsedUp(
  tx: Tx,
  { appid, openid }: Session,
  { verification }: Hospital,
  subject: { readonly purpose: FacePurpose; readonly personIndex: Buffer },
  nowMs: number,
): Promise<boolean> {
  const { attemptsPerPatient, attemptsPerOpenid } = verification
  const today = faceChecks(tx)
    .selectFrom('face_check')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('created_at_ms', '>=', Date.parse(`${shanghaiDay(nowMs)}T00:00:00+08:00`))
  const ofUser = today.where('appid', '=', appid).where('openid', '=', openid)
  if ((await countOf(ofUser)) >= attemptsPerOpenid * STARTS_FOR_A_TRY) return true
  if (subject.purpose === 'platform-order') return false
  const ofPerson = today
    .where('person_index', '=', subject.personIndex)
    .where('purpose', '=', subject.purpose)
  if ((await countOf(judged(ofPerson))) >= attemptsPerPatient) return true
  return (await countOf(judged(ofUser))) >= attemptsPerOpenid

  function judged(query: typeof today) {
    return query
      .where('purpose', '!=', 'platform-order')
      .where('counts_as_attempt', '=', true)
      .where('state', '!=', 'passed')
  }
  async function countOf(query: typeof today): Promise<number> {
    return Number((await query.executeTakeFirstOrThrow()).count)
  }
}
