import { createHash, randomBytes } from 'node:crypto'
import { type Clock, HOUR_MS } from '@zhangyi/core'
import { BoundedMap } from '../../kit/bounded-map.ts'

// As WeChat's `expires_in` 3600.
const LIFETIME_MS = HOUR_MS
const MAX_SESSIONS_KEPT = 10_000

export const CERT_TYPE = 'IDENTITY_CARD'

export interface FaceSession {
  readonly verifyId: string
  readonly appid: string
  readonly outSeqNo: string
  readonly openid: string
  readonly name: string
  readonly idNumber: string
  readonly certHash: string
  readonly createdAtMs: number
  readonly diesAtMs: number
  /** Undefined until somebody looked into the camera; then fixed. */
  verifyRet: number | undefined
  /** How often the server was told the final result. */
  timesTold: number
}

type NewSession = Pick<FaceSession, 'appid' | 'outSeqNo' | 'openid' | 'name' | 'idNumber'>

/** The face sessions of all appids. Their numbers are used once. */
export class FaceSessions {
  readonly #clock: Clock
  readonly #sessions = new BoundedMap<string, FaceSession>(MAX_SESSIONS_KEPT)
  readonly #numbersUsed = new BoundedMap<string, true>(MAX_SESSIONS_KEPT)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Undefined if this appid used the number before. */
  start(wanted: NewSession): FaceSession | undefined {
    const number = `${wanted.appid}/${wanted.outSeqNo}`
    if (this.#numbersUsed.has(number)) return undefined
    this.#numbersUsed.set(number, true)
    const nowMs = this.#clock.nowMs()
    const session: FaceSession = {
      ...wanted,
      verifyId: randomBytes(24).toString('hex'),
      certHash: certHash(CERT_TYPE, wanted.name, wanted.idNumber),
      createdAtMs: nowMs,
      diesAtMs: nowMs + LIFETIME_MS,
      verifyRet: undefined,
      timesTold: 0,
    }
    this.#sessions.set(session.verifyId, session)
    return session
  }

  find(verifyId: string): FaceSession | undefined {
    return this.#sessions.get(verifyId)
  }

  /** Decides an open session; one that is decided or out of time stays as it is. */
  decide(session: FaceSession, verifyRet: number): void {
    if (session.verifyRet === undefined && !this.isExpired(session)) session.verifyRet = verifyRet
  }

  isExpired(session: FaceSession): boolean {
    return session.diesAtMs <= this.#clock.nowMs()
  }

  /** Newest first. */
  newest(count: number): readonly FaceSession[] {
    return [...this.#sessions.values()].slice(-count).reverse()
  }
}

/** SHA-256, lower-case hex, of `cert_type=…&cert_name=…&cert_no=…` with each value in Base64 of its UTF-8. */
export function certHash(certType: string, name: string, idNumber: string): string {
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
  const joined = `cert_type=${base64(certType)}&cert_name=${base64(name)}&cert_no=${base64(idNumber)}`
  return createHash('sha256').update(joined).digest('hex')
}
