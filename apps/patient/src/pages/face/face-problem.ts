import type { FaceAdvice } from '../../api/face-types.ts'
import type { ApiError } from '../../platform/api-error.ts'

/** The gateway's advice in the shape in which pages show what went wrong. It carries no trace: nothing broke. */
export function adviceProblem(advice: FaceAdvice): ApiError {
  return { code: `face-${advice.action}`, message: advice.zh, traceId: '', happened: 'no' }
}

/** Whether a new check at once may help: not where the gateway said that none can be started. */
export function mayStartAgain(error: ApiError): boolean {
  return error.code !== 'face-check-refused'
}
