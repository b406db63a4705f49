import type { Tx } from '../database/tx.ts'
import type { SessionTables } from './session.ts'

export interface Identity {
  readonly appid: string
  /** Its ends only: enough to compare, not enough to use. */
  readonly openid: string
  readonly createdAtMs: number
}

const MOST = 20

/** Under which apps a user came, for operators. */
export async function identitiesOf(tx: Tx, userId: string): Promise<readonly Identity[]> {
  const rows = await tx.sql
    .withTables<SessionTables>()
    .selectFrom('wechat_identity')
    .select(['appid', 'openid', 'created_at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .orderBy('created_at_ms')
    .limit(MOST)
    .execute()
  return rows.map(({ appid, openid, created_at_ms }) => ({
    ...{ appid, openid: shortOpenid(openid), createdAtMs: created_at_ms },
  }))
}

/** `oZy1…8Qxk`. */
export function shortOpenid(openid: string): string {
  return openid.length <= 12 ? '****' : `${openid.slice(0, 4)}…${openid.slice(-4)}`
}
