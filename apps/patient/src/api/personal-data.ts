import { request } from '../session/signed-in-request.ts'
import type { PersonalData, PersonalDataChange } from './personal-data-types.ts'
import { flag, oneOf, orNull, type Reader, record, text } from './read.ts'

export const personalData: Reader<PersonalData> = record({
  patientId: text,
  name: text,
  idType: text,
  idNumber: text,
  phone: orNull(text),
  address: orNull(text),
  visitCard: orNull(text),
  mayChange: flag,
  changeUnderWay: flag,
  grant: record({ assurance: oneOf('real-person', 'proxy', 'trusted', 'fallback'), expiresAt: text }),
})

const path = (patientId: string): `/${string}` =>
  `/api/v1/patients/${encodeURIComponent(patientId)}/personal-data`
// The gateway asks the HIS, which has a limit of its own.
const TIMEOUT_MS = 20_000

export const getPersonalData = (patientId: string) =>
  request(path(patientId), { read: personalData, timeoutMs: TIMEOUT_MS })

export const changePersonalData = (patientId: string, change: PersonalDataChange) =>
  request(path(patientId), { method: 'PUT', body: change, read: personalData, timeoutMs: TIMEOUT_MS })
