import type { VerificationStep, VerificationView } from '../api/verification-types.ts'
import { getVerification } from '../api/verifications.ts'
import { takeHandedVerification } from './handed-view.ts'
import { type StepPageParts, useStepPage } from './use-step-page.ts'
import { openVerification } from './verify-open.ts'

export type VerifyPageParts = StepPageParts<VerificationView>
const live: VerifyPageParts = { get: getVerification, open: openVerification }

/** A page that belongs to certain steps of a verification. */
export function useVerifyPage<S extends VerificationStep>(
  steps: readonly S[],
  parts: VerifyPageParts = live,
) {
  return useStepPage<VerificationView, S>(steps, {
    ...parts,
    takeHanded: takeHandedVerification,
    askAgain: ['verification-wrong-step', 'verification-expired'],
  })
}
