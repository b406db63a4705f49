import type { Hospital } from '@zhangyi/server'
import pg from 'pg'
import { CONSENT_VERSION } from '../../../apps/server/src/patients/consent.ts'
import type { Session } from '../../../apps/server/src/platform/sessions/session.ts'
import { APPID } from './platforms.ts'

/** Users who have consented, each with a WeChat of his own: a user may apply only so often a day. */
export async function addPatients(
  ownerUrl: string,
  { id: hospitalId }: Pick<Hospital, 'id'>,
  count: number,
): Promise<readonly Session[]> {
  const nowMs = Date.now()
  const prefix = `user_${nowMs}_${process.pid}`
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      'INSERT INTO app_user (hospital_id, id, created_at_ms) SELECT $1, $2 || n, $3 FROM generate_series(1, $4::int) AS n',
      [hospitalId, prefix, nowMs, count],
    )
    await client.query(
      `INSERT INTO consent (hospital_id, user_id, version, accepted_at_ms)
       SELECT $1, $2 || n, $3, $4 FROM generate_series(1, $5::int) AS n`,
      [hospitalId, prefix, CONSENT_VERSION, nowMs, count],
    )
  } finally {
    await client.end()
  }
  return Array.from({ length: count }, (_, index) => ({
    ...{ hospitalId, userId: `${prefix}${index + 1}`, appid: APPID, openid: `o-bench-${prefix}${index + 1}` },
    ...{ channel: 'mini-program' as const, expiresAtMs: nowMs + 86_400_000 },
  }))
}
