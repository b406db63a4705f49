import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import { shortOpenid } from '../../platform/sessions/identities-of.ts'
import { adviceOf } from '../face/face-advice.ts'
import type { FaceCheckRow } from '../face/face-check.ts'
import type { FaceView } from './console-views.ts'
import { PURPOSE_NAMES } from './words.ts'

export interface FaceWish extends ListTimes {
  readonly state?: FaceView['state'] | undefined
  readonly purpose?: FaceView['purpose'] | undefined
  /** Of the check, WeChat's, its user or its grant. */
  readonly number?: string | undefined
}

export type ListedFace = Pick<
  FaceCheckRow,
  | ('id' | 'user_id' | 'out_seq_no' | 'openid' | 'purpose' | 'method' | 'state' | 'result_code')
  | ('counts_as_attempt' | 'grant_id' | 'created_at_ms' | 'expires_at_ms')
>

/** Newest first, each filter by an index of its own. No picture and no person: neither is shown anywhere. */
export function facesQuery(hospital: HospitalId, wish: FaceWish, limit: number): RawBuilder<ListedFace> {
  const { state, purpose, number } = wish
  const conditions = [
    sql`hospital_id = ${hospital}`,
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(purpose === undefined ? [] : [sql`purpose = ${purpose}`]),
    ...(number === undefined ? [] : [ofNumber(hospital, number)]),
    ...inTime(sql`created_at_ms`, sql`id`, wish),
  ]
  return sql<ListedFace>`
    SELECT id, user_id, out_seq_no, openid, purpose, method, state, result_code, counts_as_attempt, grant_id,
      created_at_ms, expires_at_ms
    FROM face_check WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms DESC, id DESC LIMIT ${limit}`
}

function ofNumber(hospital: HospitalId, number: string): RawBuilder<unknown> {
  const ids = (column: RawBuilder<unknown>) =>
    sql`SELECT id FROM face_check WHERE hospital_id = ${hospital} AND ${column} = ${number}`
  const columns = [sql`id`, sql`user_id`, sql`out_seq_no`, sql`grant_id`]
  // By an array: as a subquery it may be joined, with the whole table read.
  return sql`id = ANY (ARRAY(${sql.join(columns.map(ids), sql` UNION `)}))`
}

export function viewFace(row: ListedFace): FaceView {
  const { result_code: code } = row
  return {
    ...{ id: row.id, userId: row.user_id, outSeqNo: row.out_seq_no, openid: shortOpenid(row.openid) },
    ...{
      purpose: row.purpose,
      purposeName: PURPOSE_NAMES[row.purpose],
      method: row.method,
      state: row.state,
    },
    ...{ resultCode: code, resultName: code === null || row.state === 'passed' ? null : adviceOf(code).zh },
    ...{ counts: row.counts_as_attempt, grantId: row.grant_id },
    ...{ createdAtMs: row.created_at_ms, expiresAtMs: row.expires_at_ms },
  }
}
