import { request } from '../session/signed-in-request.ts'
import { offlineApplication, offlineApplications, offlineForm } from './offline-readers.ts'
import type { NewApplication, NewDocument } from './offline-types.ts'

// A photo of some megabytes over a slow network.
const UPLOAD_TIMEOUT_MS = 90_000
// WeChat labels every request JSON, and an empty JSON text is an error: so there is always an object.
const EMPTY = {}

const ROOT = '/api/v1/refunds/offline'
const path = (...parts: readonly string[]): `/${string}` =>
  `${ROOT}/${parts.map(encodeURIComponent).join('/')}`
const read = offlineApplication

export const getOfflineForm = () => request(path('form'), { read: offlineForm })
export const listApplications = () => request(ROOT, { read: offlineApplications })
export const getApplication = (id: string) => request(path(id), { read })

/** Sent twice with the same key it is one application. */
export const startApplication = (body: NewApplication) => request(ROOT, { method: 'POST', body, read })

/** The same document twice is kept once, so a lost answer may be sent again. */
export const addDocument = (id: string, body: NewDocument) =>
  request(path(id, 'documents'), { method: 'POST', body, read, timeoutMs: UPLOAD_TIMEOUT_MS })

export const removeDocument = (id: string, documentId: string) =>
  request(path(id, 'documents', documentId), { method: 'DELETE', body: EMPTY, read })

export const submitApplication = (id: string) =>
  request(path(id, 'submit'), { method: 'POST', body: EMPTY, read })

export const withdrawApplication = (id: string) =>
  request(path(id, 'withdraw'), { method: 'POST', body: EMPTY, read })
