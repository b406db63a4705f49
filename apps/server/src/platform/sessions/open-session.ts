import { HOUR_MS, newId } from '@zhangyi/core'
import type { Tx } from '../database/tx.ts'
import { type Channel, newToken, type SessionTables, tokenHash } from './session.ts'

export interface WechatIdentity {
  readonly appid: string
  readonly openid: string
  readonly unionid: string | undefined
}

export interface OpenSession {
  readonly identity: WechatIdentity
  readonly channel: Channel
  readonly nowMs: number
  readonly hours: number
}

/**
 * Finds or makes the user behind a WeChat identity and opens a session. The same person in the mini program and
 * the official account has two openids; they are one user only where WeChat gave the same unionid for both.
 */
export async function openSession(
  tx: Tx,
  { identity, channel, nowMs, hours }: OpenSession,
): Promise<{ token: string; expiresAtMs: number }> {
  const userId = await userOf(tx, identity, nowMs)
  const token = newToken(tx.hospitalId)
  const expiresAtMs = nowMs + hours * HOUR_MS
  await tx.sql
    .withTables<SessionTables>()
    .insertInto('session')
    .values({
      hospital_id: tx.hospitalId,
      token_hash: tokenHash(token),
      user_id: userId,
      appid: identity.appid,
      openid: identity.openid,
      channel,
      created_at_ms: nowMs,
      expires_at_ms: expiresAtMs,
    })
    .execute()
  return { token, expiresAtMs }
}

async function userOf(tx: Tx, { appid, openid, unionid }: WechatIdentity, nowMs: number): Promise<string> {
  const sql = tx.sql.withTables<SessionTables>()
  const known = await sql
    .selectFrom('wechat_identity')
    .select('user_id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('appid', '=', appid)
    .where('openid', '=', openid)
    .executeTakeFirst()
  if (known) return known.user_id
  const sameUnion =
    unionid &&
    (await sql
      .selectFrom('wechat_identity')
      .select('user_id')
      .where('hospital_id', '=', tx.hospitalId)
      .where('unionid', '=', unionid)
      .executeTakeFirst())
  const userId = sameUnion ? sameUnion.user_id : newId('user')
  if (!sameUnion)
    await sql
      .insertInto('app_user')
      .values({ hospital_id: tx.hospitalId, id: userId, created_at_ms: nowMs })
      .execute()
  // Two first logins at the same moment: the later one takes the user of the earlier one.
  const inserted = await sql
    .insertInto('wechat_identity')
    .values({
      hospital_id: tx.hospitalId,
      appid,
      openid,
      unionid: unionid ?? null,
      user_id: userId,
      created_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'appid', 'openid']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return inserted ? inserted.user_id : userOf(tx, { appid, openid, unionid }, nowMs)
}
