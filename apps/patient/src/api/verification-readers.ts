import type { Purpose } from './purposes.ts'
import { listOfKnown, oneOf, orNull, type Reader, record, text, Unreadable } from './read.ts'
import type { GrantView, SentCode, VerificationView, VerifyReason, VerifyWay } from './verification-types.ts'

export const purpose: Reader<Purpose> = oneOf(
  'lab-report',
  'examination-report',
  'check-up-report',
  'inpatient-list',
  'prescription',
  'diagnosis',
  'personal-data',
  'card-code',
)

export function isPurpose(value: unknown): value is Purpose {
  try {
    purpose(value)
    return true
  } catch {
    return false
  }
}

const knownReason = oneOf(
  'failed',
  'no-page',
  'platform-unavailable',
  'platform-refused',
  'result-unknown',
  'no-resident-id',
  'too-many-attempts',
  'expired',
)
const way: Reader<VerifyWay> = oneOf(
  'retry',
  'check-again',
  'phone-code',
  'card-phone-code',
  'visit-card-code',
  'family',
  'self-service',
  'counter',
  'phone',
)

// What only a newer gateway knows must not become an error page: the words get more general, and counter and
// phone are always a way.
const reason: Reader<VerifyReason> = (value) => {
  try {
    return knownReason(value)
  } catch {
    text(value)
    return 'failed'
  }
}
const ways: Reader<VerifyWay[]> = (value) => {
  const known = listOfKnown(way)(value)
  return known.length > 0 ? known : ['counter', 'phone']
}

const common = { id: text, purpose, patientId: text, name: text, expiresAt: text }
const steps: { readonly [S in VerificationView['step']]: Reader<Extract<VerificationView, { step: S }>> } = {
  'open-platform': record({ ...common, step: oneOf('open-platform'), url: text, verifyOrderId: text }),
  waiting: record({ ...common, step: oneOf('waiting') }),
  granted: record({
    ...common,
    step: oneOf('granted'),
    assurance: oneOf('real-person', 'proxy', 'trusted', 'fallback'),
    grantExpiresAt: text,
  }),
  'ways-on': record({
    ...common,
    step: oneOf('ways-on'),
    reason,
    ways,
    selfService: orNull(text),
    traceId: text,
  }),
}

export const verificationView: Reader<VerificationView> = (value) => {
  const { step } = record({ step: text })(value)
  const reader = Object.entries(steps).find(([name]) => name === step)?.[1]
  if (!reader) throw new Unreadable(`step ${step}`)
  return reader(value)
}

/** Grants for what this app does not show (a refund, a newer purpose) are left out. */
export const grantViews: Reader<GrantView[]> = listOfKnown(
  record({
    patientId: text,
    purpose,
    assurance: oneOf('real-person', 'proxy', 'trusted', 'fallback', 'face'),
    expiresAt: text,
  }),
)

export const sentCode: Reader<SentCode> = record({ phone: text, expiresAt: text })
