import { assertNever } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Purpose } from '../purposes.ts'
import { type Grant, type GrantSubject, type GrantTables, grantOf } from './grant.ts'
import { judgeGrant, type Wanted } from './judge-grant.ts'

/**
 * The grant that allows what is wanted, or why there is none: `none`, or the refusal of the newest grant of this user,
 * subject and purpose. A second one that allows it is found behind a newest one that does not.
 */
export async function findGrant(
  tx: Tx,
  wanted: Wanted,
  nowMs: number,
): Promise<{ readonly grant: Grant } | { readonly refusal: ReturnType<typeof judgeGrant> | 'none' }> {
  const rows = await ofSubject(tx, wanted.userId, wanted.subject, wanted.purpose)
  const judged = rows.map((row) => {
    const grant = grantOf(row)
    return { grant, refusal: judgeGrant(grant, wanted, nowMs) }
  })
  const allowed = judged.find(({ refusal }) => refusal === undefined)
  return allowed ? { grant: allowed.grant } : { refusal: judged[0]?.refusal ?? 'none' }
}

const LOOK_BACK = 20

function ofSubject(tx: Tx, userId: string, subject: GrantSubject, purpose: Purpose) {
  const own = tx.sql
    .withTables<GrantTables>()
    .selectFrom('verification_grant')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .orderBy('created_at_ms', 'desc')
    .orderBy('id')
    .limit(LOOK_BACK)
  switch (subject.kind) {
    case 'patient':
      return own.where('patient_id', '=', subject.patientId).execute()
    case 'person':
      return own.where('person_index', '=', subject.personIndex).execute()
    default:
      return assertNever(subject)
  }
}
