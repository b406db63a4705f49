import type { Outcome } from '@zhangyi/core'
import type { Session } from '../platform/sessions/session.ts'

/**
 * A face check of one person, for one purpose, used once. The real one is WeChat's face verification 2.0; the
 * sandbox brings its own for development. The outcome always comes from the server's query, never from the client.
 */
export interface FaceCheck {
  /** Starts a check; the client then performs it with what it is given. */
  start(session: Session, person: FacePerson, outSeqNo: string): Promise<StartedFaceCheck>
  /** Asks the provider: `yes` passed, `no` failed or cancelled, `unknown` ask again. */
  settle(session: Session, person: FacePerson, started: StartedFaceCheck): Promise<Outcome<void>>
}

export interface FacePerson {
  readonly name: string
  readonly idNumber: string
}

export interface StartedFaceCheck {
  /** Our own number of this check: 5–32 of `[0-9A-Za-z_-]`, unique under the appid. */
  readonly outSeqNo: string
  /** For `wx.requestFacialVerify`. */
  readonly verifyId: string
  /** Development only: the page that stands in for WeChat's face dialogue. */
  readonly bridgePage: string | undefined
}
