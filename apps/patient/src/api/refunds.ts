import { request } from '../session/signed-in-request.ts'
import {
  archives,
  entries,
  faceResult,
  originalOrders,
  receiving,
  refundCase,
  refundCases,
  startedCheck,
} from './refund-readers.ts'

/** `requestKey`: made by the page, and the same when it asks again; then it is the same refund. */
export type NewOriginalRefund = {
  readonly patientId: string
  readonly orders: readonly { readonly orderId: string; readonly amountFen: number }[]
  readonly requestKey: string
}
/** `amountFen` null: the whole balance. */
export type NewFaceRefund = {
  readonly checkId: string
  readonly archiveKey: string
  readonly amountFen: number | null
  readonly requestKey: string
}

// The gateway asks the HIS, and WeChat where money is concerned, each with a limit of its own.
const ASK_TIMEOUT_MS = 20_000
const WORK_TIMEOUT_MS = 30_000
// WeChat labels every request JSON, and an empty JSON text is an error: so there is always an object.
const EMPTY = {}

const path = (...parts: readonly string[]): `/${string}` =>
  `/api/v1/refunds/${parts.map(encodeURIComponent).join('/')}`

export const getEntries = () => request(path('entries'), { read: entries })

export const listOriginalOrders = (patientId: string) =>
  request(path('original', 'orders'), {
    query: { patientId },
    read: originalOrders,
    timeoutMs: ASK_TIMEOUT_MS,
  })

export const refundOriginal = (body: NewOriginalRefund) =>
  request(path('original'), { method: 'POST', body, read: refundCase, timeoutMs: WORK_TIMEOUT_MS })

export const startRefundCheck = (body: { readonly name: string; readonly idNumber: string }) =>
  request(path('face', 'checks'), { method: 'POST', body, read: startedCheck, timeoutMs: WORK_TIMEOUT_MS })

/** Only the gateway knows how a check ended: it asks WeChat. */
export const settleRefundCheck = (checkId: string) =>
  request(path('face', 'checks', checkId, 'result'), {
    method: 'POST',
    body: EMPTY,
    read: faceResult,
    timeoutMs: WORK_TIMEOUT_MS,
  })

export const listArchives = (checkId: string) =>
  request(path('face', 'checks', checkId, 'archives'), { read: archives, timeoutMs: ASK_TIMEOUT_MS })

export const refundByFace = (body: NewFaceRefund) =>
  request(path('face'), { method: 'POST', body, read: refundCase, timeoutMs: WORK_TIMEOUT_MS })

/** Newest first; `before`: the `createdAtMs` of the last one that is known. */
export const listRefunds = (before?: number) =>
  request('/api/v1/refunds', { query: { before }, read: refundCases, timeoutMs: ASK_TIMEOUT_MS })

export const getRefund = (id: string) => request(path(id), { read: refundCase, timeoutMs: ASK_TIMEOUT_MS })

const change = (...parts: readonly string[]) =>
  request(path(...parts), { method: 'POST', body: EMPTY, read: refundCase, timeoutMs: WORK_TIMEOUT_MS })

export const retryRefund = (id: string) => change(id, 'retry')

export const openLegReceiving = (id: string, legId: string) =>
  request(path(id, 'legs', legId, 'receive'), {
    method: 'POST',
    body: EMPTY,
    read: receiving,
    timeoutMs: WORK_TIMEOUT_MS,
  })

/** Back from WeChat's page: the gateway asks WeChat what became of it. */
export const askWhetherReceived = (id: string, legId: string) => change(id, 'legs', legId, 'received')

export const withdrawLeg = (id: string, legId: string) => change(id, 'legs', legId, 'withdraw')
