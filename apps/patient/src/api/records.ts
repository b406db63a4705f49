import { request } from '../session/signed-in-request.ts'
import type { RecordKind } from './purposes.ts'
import { recordDetail, recordList, trend } from './record-readers.ts'

/** Days as `YYYY-MM-DD` in China, both included; without them the gateway takes the last year. */
export type DayRange = { readonly from: string; readonly to: string }
export type RecordsOf = { readonly kind: RecordKind; readonly patientId: string }
export type RecordAt = RecordsOf & { readonly key: string }
export type TrendOf = RecordsOf & { readonly indicator: string }

// The gateway asks the HIS meanwhile; a trend opens many reports there.
const ASK_TIMEOUT_MS = 20_000
const TREND_TIMEOUT_MS = 45_000

const path = (...parts: readonly string[]): `/${string}` =>
  `/api/v1/records/${parts.map(encodeURIComponent).join('/')}`

export const listRecords = ({ kind, patientId }: RecordsOf, range?: DayRange) =>
  request(path(kind), {
    query: { patientId, from: range?.from, to: range?.to },
    read: recordList,
    timeoutMs: ASK_TIMEOUT_MS,
  })

export const getRecord = ({ kind, key, patientId }: RecordAt) =>
  request(path(kind, key), { query: { patientId }, read: recordDetail, timeoutMs: ASK_TIMEOUT_MS })

export const getTrend = ({ kind, patientId, indicator }: TrendOf) =>
  request(path(kind, 'trend'), {
    query: { patientId, indicator },
    read: trend,
    timeoutMs: TREND_TIMEOUT_MS,
  })

/** A path of the gateway, not an address: where it is depends on the target. */
export const pdfPath = ({ kind, key, patientId }: RecordAt): string =>
  `${path(kind, key, 'pdf')}?patientId=${encodeURIComponent(patientId)}`
