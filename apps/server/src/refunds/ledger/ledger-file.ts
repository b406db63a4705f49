import { type HospitalId, newId } from '@zhangyi/core'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { filePieces } from '../../platform/exports/file-pieces.ts'
import { requireReason } from '../../platform/exports/require-reason.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { balancesExport, wholeLedgerExport } from './balances-export.ts'
import type { LedgerDesk } from './ledger-room.ts'

export interface LedgerFileWish {
  /** Why names and numbers are needed whole; without it they are masked. */
  readonly fullReason?: string | undefined
}

/**
 * The whole ledger as CSV for the command line, in pieces: the table that the console exports. That it was taken, by whom
 * and why, stands in the audit before the first piece is given out.
 */
export async function ledgerFile(
  desk: LedgerDesk,
  hospital: HospitalId,
  { fullReason }: LedgerFileWish,
  by: string,
): Promise<AsyncGenerator<Uint8Array>> {
  const kind = fullReason === undefined ? balancesExport(desk) : wholeLedgerExport(desk)
  const reason = fullReason?.trim() ?? ''
  requireReason(kind, reason)
  await desk.database.inTransaction(hospital, (tx) =>
    recordAudit(tx, {
      ...{ atMs: desk.clock.nowMs(), actor: `operator:${by}`, action: 'exports.asked' },
      ...{ subject: newId('export'), traceId: currentTraceId() },
      detail: { kind: kind.name, format: 'csv', ...(reason && { reason }) },
    }),
  )
  return bytesOf(
    filePieces(kind, (fn) => desk.database.inTransaction(hospital, fn), { format: 'csv', filters: {} }),
  )
}

async function* bytesOf(pieces: ReturnType<typeof filePieces>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of pieces) yield bytes
}
