import type { Sensitive } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Tx } from '../platform/database/tx.ts'

export interface ArchiveCard {
  readonly patientId: string
  readonly qrCodeText: Sensitive
}

/**
 * The health cards of archives, by patid, as somebody who holds the patient now has linked them. Several may hold the
 * same one: a verified link comes first, then the oldest. An archive without a linked card is not in the answer.
 */
export async function archiveCards(
  tx: Tx,
  cipher: Cipher,
  patids: readonly string[],
): Promise<ReadonlyMap<string, ArchiveCard>> {
  if (patids.length === 0) return new Map()
  const { rows } = await sql<{ patid: string; id: string; qr_code_text: Buffer }>`
    SELECT DISTINCT ON (patid) patid, id, qr_code_text FROM patient
    WHERE hospital_id = ${tx.hospitalId} AND patid = ANY (${patids}) AND unlinked_at_ms IS NULL
      AND qr_code_text IS NOT NULL
    ORDER BY patid, verified DESC, created_at_ms, id`.execute(tx.sql)
  return new Map(
    rows.map(({ patid, id, qr_code_text }) => [
      patid,
      { patientId: id, qrCodeText: cipher.open(qr_code_text, 'patient.qr_code_text') },
    ]),
  )
}
