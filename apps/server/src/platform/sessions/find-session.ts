import { type HospitalId, hospitalId } from '@zhangyi/core'
import type { Database } from '../database/database.ts'
import { type Session, type SessionTables, tokenHash } from './session.ts'

/** The session of a token, or undefined if it is malformed, unknown or expired. */
export async function findSession(
  database: Database,
  token: string,
  nowMs: number,
): Promise<Session | undefined> {
  const hospital = hospitalOf(token)
  if (!hospital) return undefined
  const row = await database.inTransaction(hospital, (tx) =>
    tx.sql
      .withTables<SessionTables>()
      .selectFrom('session')
      .selectAll()
      .where('hospital_id', '=', hospital)
      .where('token_hash', '=', tokenHash(token))
      .where('expires_at_ms', '>', nowMs)
      .executeTakeFirst(),
  )
  return (
    row && {
      hospitalId: hospital,
      userId: row.user_id,
      appid: row.appid,
      openid: row.openid,
      channel: row.channel,
      expiresAtMs: row.expires_at_ms,
    }
  )
}

export async function closeSession(database: Database, token: string): Promise<void> {
  const hospital = hospitalOf(token)
  if (!hospital) return
  await database.inTransaction(hospital, (tx) =>
    tx.sql
      .withTables<SessionTables>()
      .deleteFrom('session')
      .where('hospital_id', '=', hospital)
      .where('token_hash', '=', tokenHash(token))
      .execute(),
  )
}

function hospitalOf(token: string): HospitalId | undefined {
  const match = /^([a-z0-9-]{1,40})\.[A-Za-z0-9_-]{43}$/.exec(token)
  try {
    return match?.[1] === undefined ? undefined : hospitalId(match[1])
  } catch {
    return undefined
  }
}
