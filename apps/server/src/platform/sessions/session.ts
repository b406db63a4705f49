import { createHash, randomBytes } from 'node:crypto'
import type { HospitalId } from '@zhangyi/core'

export type Channel = 'mini-program' | 'official-account'

/** Who is at the other end. Operations take their user from here and nowhere else. */
export interface Session {
  readonly hospitalId: HospitalId
  readonly userId: string
  readonly appid: string
  readonly openid: string
  readonly channel: Channel
  readonly expiresAtMs: number
}

export type SessionTables = {
  app_user: { hospital_id: string; id: string; created_at_ms: number }
  wechat_identity: {
    hospital_id: string
    appid: string
    openid: string
    unionid: string | null
    user_id: string
    created_at_ms: number
  }
  session: {
    hospital_id: string
    token_hash: Buffer
    user_id: string
    appid: string
    openid: string
    channel: Channel
    created_at_ms: number
    expires_at_ms: number
  }
  login_state: { hospital_id: string; state_hash: Buffer; return_path: string; expires_at_ms: number }
}

/** An opaque token is `<hospital>.<256 random bits>`; the hospital only says under which key to look. */
export function newToken(hospitalId: HospitalId): string {
  return `${hospitalId}.${randomBytes(32).toString('base64url')}`
}

/** Only this hash is stored: who reads the database cannot sign in. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
