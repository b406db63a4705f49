import { request } from '../session/signed-in-request.ts'
import { grantViews, sentCode, verificationView } from './verification-readers.ts'
import type { FallbackInput, StartVerification } from './verification-types.ts'

const path = (id: string, operation = ''): `/${string}` =>
  `/api/v1/verifications/${encodeURIComponent(id)}${operation}`

// The gateway asks the card platform, with a time limit of its own.
const WORK_TIMEOUT_MS = 20_000

// WeChat labels every request JSON, and an empty JSON text is an error: so there is always an object.
function post(id: string, operation: `/${string}`, body: object = {}) {
  return request(path(id, operation), {
    method: 'POST',
    body,
    read: verificationView,
    timeoutMs: WORK_TIMEOUT_MS,
  })
}

export const startVerification = (input: StartVerification) =>
  request('/api/v1/verifications', {
    method: 'POST',
    body: input,
    read: verificationView,
    timeoutMs: WORK_TIMEOUT_MS,
  })
export const getVerification = (id: string) => request(path(id), { read: verificationView })
export const sendResult = (id: string, registerOrderId: string) => post(id, '/result', { registerOrderId })
export const reportFailed = (id: string) => post(id, '/failed')
export const checkAgain = (id: string) => post(id, '/check')
export const passFallback = (id: string, input: FallbackInput) => post(id, '/fallback', input)
export const sendCode = (id: string) =>
  request(path(id, '/code'), { method: 'POST', body: {}, read: sentCode, timeoutMs: WORK_TIMEOUT_MS })
export const getGrants = () => request('/api/v1/grants', { read: grantViews })
