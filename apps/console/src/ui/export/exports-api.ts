import { addressOf, get, post } from '../../api/request.ts'
import type { Filters } from '../list/filters.ts'

export type ExportFormat = 'csv' | 'xlsx'

export interface Export {
  readonly id: string
  /** Whose rows: a hospital's, or the installation's. */
  readonly hospital: string
  readonly name: string
  readonly format: ExportFormat
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  /** Null: more than are counted beforehand. */
  readonly rowsExpected: number | null
  readonly rowsDone: number
  readonly bytesDone: number
  readonly isCut: boolean
  readonly createdAtMs: number
  readonly removedAtMs: number | null
}

export interface ExportWish {
  readonly kind: string
  readonly hospital: string
  readonly filters: Filters
}

const at = (id: string) => `/exports/${encodeURIComponent(id)}`

export const exportsApi = {
  own: async (hospital: string, signal: AbortSignal) =>
    (await get<{ exports: readonly Export[] }>('/exports', { hospital }, signal)).exports,
  count: async (wish: ExportWish) => (await post<{ rows: number | null }>('/exports/count', wish)).rows,
  ask: (wish: ExportWish, format: ExportFormat, reason: string) =>
    post<Export>('/exports', { ...wish, format, reason }),
  remove: ({ id, hospital }: Export) => post(`${at(id)}/cancel`, { hospital }),
  addressOf: ({ id, hospital }: Export) => addressOf(`${at(id)}/file`, { hospital }),
}
