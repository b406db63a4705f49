import type { Tx } from '../database/tx.ts'

export type ExportState = 'waiting' | 'working' | 'done' | 'failed'
export const FORMATS = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof FORMATS)[number]

// Types, not interfaces: Kysely asks for an index signature.
export type ExportRow = {
  hospital_id: string
  id: string
  kind: string
  format: ExportFormat
  filters: Readonly<Record<string, string>>
  account_id: string
  login_name: string
  state: ExportState
  rows_expected: number | null
  rows_done: number
  bytes_done: number
  is_cut: boolean
  problem: string | null
  tries: number
  next_action_at_ms: number
  created_at_ms: number
  finished_at_ms: number | null
}

type Tables = {
  console_export: Omit<ExportRow, 'filters'> & { filters: string }
  console_export_piece: { hospital_id: string; export_id: string; place: number; content: Buffer }
}

export function exportTables(tx: Tx) {
  return tx.sql.withTables<Tables>()
}

/** Each piece stands in its own place of its own file. */
export function pieceContext(exportId: string, place: number): string {
  return `console_export_piece.content ${exportId} ${place}`
}
