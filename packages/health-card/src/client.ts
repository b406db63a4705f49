import { type CardCalls, cardCalls } from './operations/cards.ts'
import { type EnrolmentCalls, enrolmentCalls } from './operations/enrolment.ts'
import { type ReportCalls, reportCalls } from './operations/report.ts'
import { type VerificationCalls, verificationCalls } from './operations/verification.ts'
import type { HealthCardOptions } from './options.ts'
import { createSession } from './session.ts'
import type { StoredToken } from './token-store.ts'

const DEFAULT_DOMAIN_CHANNEL = 3

/**
 * Client of the electronic health card open platform. A call that changes something returns an `Outcome`; a read
 * throws `HealthCardError`. Nothing is repeated but a call refused for its token, once.
 */
export interface HealthCardClient extends EnrolmentCalls, VerificationCalls, CardCalls, ReportCalls {
  /** 获取接口调用凭证 (svc 139): the shared token; a connection test for operators. Throws `HealthCardError`. */
  getAppToken(): Promise<StoredToken>
}

export function createHealthCardClient(options: HealthCardOptions): HealthCardClient {
  const session = createSession(options)
  const domainChannel = options.config?.domainChannel ?? DEFAULT_DOMAIN_CHANNEL
  return {
    getAppToken: () => session.token(),
    ...enrolmentCalls(session, domainChannel),
    ...verificationCalls(session, domainChannel),
    ...cardCalls(session),
    ...reportCalls(session),
  }
}
