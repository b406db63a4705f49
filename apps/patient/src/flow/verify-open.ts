import type { VerificationView } from '../api/verification-types.ts'
import { handVerification } from './handed-view.ts'
import { openTarget } from './open-step.ts'
import type { StepTarget } from './step-target.ts'
import { rememberVerifyOrder, rememberWish } from './verify-storage.ts'
import { verificationTarget } from './verify-target.ts'

/** Goes to the page of the verification's step, in place of the present one. False: it could not be opened. */
export function openVerification(
  view: VerificationView,
  open: (target: StepTarget) => Promise<boolean> = openTarget,
): Promise<boolean> {
  // What is needed to begin again, and the number that the return belongs to.
  rememberWish(view.id, view)
  if (view.step === 'open-platform') rememberVerifyOrder(view.id, view.verifyOrderId)
  const target = verificationTarget(view)
  if (target.kind === 'page') handVerification(view)
  return open(target)
}
