import { request } from '../session/signed-in-request.ts'
import { flowView } from './readers.ts'
import type { CompleteInput, FormInput, PersonInput, StartInput } from './types.ts'

const path = (id: string, operation = ''): `/${string}` =>
  `/api/v1/enrolments/${encodeURIComponent(id)}${operation}`

// WeChat labels every request JSON, and an empty JSON text is an error: so there is always an object.
function post(id: string, operation: `/${string}`, body: object = {}) {
  return request(path(id, operation), { method: 'POST', body, read: flowView, timeoutMs: WORK_TIMEOUT_MS })
}

// The gateway may ask the platform and the HIS one after the other, each with a limit of its own.
const WORK_TIMEOUT_MS = 20_000

export const startEnrolment = (input: StartInput) =>
  request('/api/v1/enrolments', { method: 'POST', body: input, read: flowView })
export const getEnrolment = (id: string) => request(path(id), { read: flowView })
export const sendHealthCode = (id: string, code: string) => post(id, '/health-code', { code })
export const sendRegInfoCode = (id: string, code: string) => post(id, '/reg-info-code', { code })
export const arriveAtForm = (id: string) => post(id, '/arrive-at-form')
export const submitForm = (id: string, input: FormInput) => post(id, '/form', input)
export const reportVerifyFailed = (id: string) => post(id, '/verify-failed')
export const createVisitCard = (id: string, input: PersonInput) => post(id, '/visit-card', input)
export const chooseArchive = (id: string, key: string) => post(id, '/archive', { key })
export const completeArchive = (id: string, input: CompleteInput) => post(id, '/complete', input)
export const resumeEnrolment = (id: string) => post(id, '/resume')
