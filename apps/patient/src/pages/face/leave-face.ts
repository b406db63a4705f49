import { faceErrand, forgetFaceErrand, redirectWithResult } from '../../flow/face-errand.ts'

export type LeaveParts = {
  readonly open: (url: string) => Promise<boolean>
  readonly redirectFor: (redirectUrl: string) => string | undefined
}

/** Back to the platform's page: with its order number, or with the news that there is none. */
export async function leaveFace(
  parts: LeaveParts,
  verifyOrderId: string | null,
): Promise<'left' | 'nothing' | 'cannot-open'> {
  const target = parts.redirectFor(faceErrand()?.redirectUrl ?? '')
  if (target === undefined) return 'nothing'
  forgetFaceErrand()
  return (await parts.open(redirectWithResult(target, verifyOrderId))) ? 'left' : 'cannot-open'
}
