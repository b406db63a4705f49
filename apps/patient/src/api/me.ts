import { request } from '../session/signed-in-request.ts'
import { nothing } from './read.ts'
import { meView, patientView } from './readers.ts'
import type { Relation } from './types.ts'

const patientPath = (id: string): `/${string}` => `/api/v1/patients/${encodeURIComponent(id)}`
// WeChat labels every request JSON, and an empty JSON text is an error: so there is always an object.
const EMPTY = {}

export const getMe = () => request('/api/v1/me', { read: meView })

export const acceptConsent = (version: string) =>
  request('/api/v1/consent', { method: 'POST', body: { version }, read: nothing })

export const withdrawConsent = () =>
  request('/api/v1/consent', { method: 'DELETE', body: EMPTY, read: nothing })

export const makeDefault = (patientId: string) =>
  request(`${patientPath(patientId)}/default`, { method: 'PUT', body: EMPTY, read: nothing })

export const changeRelation = (patientId: string, relation: Relation) =>
  request(`${patientPath(patientId)}/relation`, { method: 'PUT', body: { relation }, read: patientView })

export const unlinkPatient = (patientId: string) =>
  request(patientPath(patientId), { method: 'DELETE', body: EMPTY, read: nothing })
