import { request } from '../session/signed-in-request.ts'
import { nothing } from './read.ts'
import {
  departmentList,
  doctorList,
  paidFees,
  payment,
  pendingFees,
  registrationList,
  slotList,
  visitOrder,
  visitOrderList,
} from './visit-readers.ts'

export type SlotsOf = { readonly departmentId: string; readonly from?: string; readonly to?: string }
export type NewRegistration = {
  readonly patientId: string
  readonly slotId: string
  readonly departmentId: string
  readonly day: string
}
export type NewFeeOrder = { readonly patientId: string; readonly billIds: readonly string[] }

// The gateway asks the HIS, and WeChat where money is concerned, each with a limit of its own.
const ASK_TIMEOUT_MS = 20_000
const WORK_TIMEOUT_MS = 30_000
// WeChat labels every request JSON, and an empty JSON text is an error: so there is always an object.
const EMPTY = {}

const path = (...parts: readonly string[]): `/${string}` =>
  `/api/v1/visits/${parts.map(encodeURIComponent).join('/')}`

export const listDepartments = () =>
  request(path('departments'), { read: departmentList, timeoutMs: ASK_TIMEOUT_MS })

export const listDoctors = (departmentId: string) =>
  request(path('departments', departmentId, 'doctors'), { read: doctorList, timeoutMs: ASK_TIMEOUT_MS })

export const listSlots = (of: SlotsOf) =>
  request(path('slots'), { query: of, read: slotList, timeoutMs: ASK_TIMEOUT_MS })

/** Keeps the slot for this patient. A lost answer may have been a success: look for the order, do not repeat. */
export const register = (body: NewRegistration) =>
  request(path('registrations'), { method: 'POST', body, read: visitOrder, timeoutMs: WORK_TIMEOUT_MS })

export const orderFees = (body: NewFeeOrder) =>
  request(path('fee-orders'), { method: 'POST', body, read: visitOrder, timeoutMs: WORK_TIMEOUT_MS })

export const listOrders = (patientId: string) =>
  request(path('orders'), { query: { patientId }, read: visitOrderList, timeoutMs: ASK_TIMEOUT_MS })

export const getOrder = (id: string) =>
  request(path('orders', id), { read: visitOrder, timeoutMs: ASK_TIMEOUT_MS })

export const payOrder = (id: string) =>
  request(path('orders', id, 'payment'), {
    method: 'POST',
    body: EMPTY,
    read: payment,
    timeoutMs: WORK_TIMEOUT_MS,
  })

/** 「我付完了」: the gateway asks WeChat whether that is so. */
export const askWhetherPaid = (id: string) =>
  request(path('orders', id, 'paid'), {
    method: 'POST',
    body: EMPTY,
    read: visitOrder,
    timeoutMs: WORK_TIMEOUT_MS,
  })

export const giveUpOrder = (id: string) =>
  request(path('orders', id), { method: 'DELETE', body: EMPTY, read: nothing, timeoutMs: WORK_TIMEOUT_MS })

export const cancelOrder = (id: string) =>
  request(path('orders', id, 'cancel'), {
    method: 'POST',
    body: EMPTY,
    read: visitOrder,
    timeoutMs: WORK_TIMEOUT_MS,
  })

export const listRegistrations = (patientId: string) =>
  request(path('registrations'), { query: { patientId }, read: registrationList, timeoutMs: ASK_TIMEOUT_MS })

export const listPendingFees = (patientId: string) =>
  request(path('fees'), { query: { patientId }, read: pendingFees, timeoutMs: ASK_TIMEOUT_MS })

export const listPaidFees = (patientId: string) =>
  request(path('fees', 'paid'), { query: { patientId }, read: paidFees, timeoutMs: ASK_TIMEOUT_MS })
