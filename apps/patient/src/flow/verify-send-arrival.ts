import type { VerificationView } from '../api/verification-types.ts'
import { getVerification, reportFailed, sendResult } from '../api/verifications.ts'
import type { ApiResult } from '../platform/api-error.ts'
import { forgetVerifyArrival, ordersOf, verifyArrival } from './verify-storage.ts'

export type VerifyArrivalApi = {
  readonly sendResult: (id: string, registerOrderId: string) => Promise<ApiResult<VerificationView>>
  readonly reportFailed: (id: string) => Promise<ApiResult<VerificationView>>
  readonly getVerification: (id: string) => Promise<ApiResult<VerificationView>>
}
const gateway: VerifyArrivalApi = { sendResult, reportFailed, getVerification }
// The gateway has spoken about this very verification: where it stands tells more than an error page.
const ASK_WHERE_IT_STANDS = ['verification-wrong-step', 'verification-expired']

/**
 * Hands the outcome that is in storage to the gateway, which asks the platform itself. It leaves the storage when
 * the gateway has confirmed or refused it; while nobody knows (no network, a lost answer) it stays and is sent
 * again. Without a stored outcome it only asks where the verification stands.
 */
export async function sendVerifyArrival(
  id: string,
  api: VerifyArrivalApi = gateway,
): Promise<ApiResult<VerificationView>> {
  const arrival = verifyArrival(id)
  const { registerOrderId } = ordersOf(id)
  if (!arrival || (arrival === 'passed' && !registerOrderId)) return api.getVerification(id)
  const result = await (arrival === 'passed' && registerOrderId
    ? api.sendResult(id, registerOrderId)
    : api.reportFailed(id))
  if (result.ok || result.error.happened === 'no') forgetVerifyArrival(id)
  if (!result.ok && ASK_WHERE_IT_STANDS.includes(result.error.code)) return api.getVerification(id)
  return result
}
