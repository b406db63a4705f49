import { assertNever } from '@zhangyi/core'
import type { Purpose, RecordKind } from '../api/purposes.ts'
import type { VerificationView, VerificationWish } from '../api/verification-types.ts'
import { routes } from '../platform/routes.ts'
import type { StepTarget } from './step-target.ts'

const KINDS: Readonly<Record<Exclude<Purpose, 'personal-data' | 'card-code'>, RecordKind>> = {
  'lab-report': 'lab',
  'examination-report': 'examination',
  'check-up-report': 'check-up',
  'inpatient-list': 'inpatient-day',
  prescription: 'prescription',
  diagnosis: 'diagnosis',
}

/** What a verification was for. */
export function protectedTarget({ purpose, patientId }: VerificationWish): StepTarget {
  switch (purpose) {
    case 'personal-data':
      return { kind: 'page', route: routes.personalData, query: { patientId } }
    case 'card-code':
      return { kind: 'page', route: routes.cardCode, query: { patientId } }
    default:
      return { kind: 'page', route: routes.recordsList, query: { kind: KINDS[purpose], patientId } }
  }
}

/** The card code page without a verification: it shows the visit card's own code and says why. */
export function cardCodeFallback(patientId: string): StepTarget {
  return { kind: 'page', route: routes.cardCode, query: { patientId, fallback: 1 } }
}

/** Where a verification goes on: the one place that knows which page belongs to which step. */
export function verificationTarget(view: VerificationView): StepTarget {
  const query = { verification: view.id }
  switch (view.step) {
    case 'open-platform':
      return { kind: 'platform', url: view.url }
    case 'waiting':
      return { kind: 'page', route: routes.verifyReturn, query }
    case 'granted':
      return protectedTarget(view)
    case 'ways-on':
      // Showing a code at the counter is never held up by a verification.
      if (view.purpose === 'card-code') return cardCodeFallback(view.patientId)
      return { kind: 'page', route: routes.verifyWaysOn, query }
    default:
      return assertNever(view)
  }
}
