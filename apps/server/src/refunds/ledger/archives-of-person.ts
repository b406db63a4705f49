import { normaliseName, shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { normalDocument } from './judge-person.ts'
import { cardIndex, idIndex, openPerson } from './sealed-person.ts'
import { BALANCE_COLUMNS, type BalanceRow } from './tables.ts'

const MOST = 20

export interface WantedPerson {
  readonly name: string
  readonly idNumber: string | null
  readonly cardNumber: string | null
}

export interface PersonArchive {
  readonly patid: string
  readonly balanceFen: number
  readonly refundedFen: number
}

/**
 * The archives of the ledger that are this person's, by document or card and never under another name; what has the most
 * on it first. An archive without a name is the number's.
 */
export async function archivesOfPerson(
  tx: Tx,
  cipher: Cipher,
  { name, idNumber, cardNumber }: WantedPerson,
  nowMs: number,
): Promise<readonly PersonArchive[]> {
  const document = idNumber === null ? undefined : normalDocument(idNumber, shanghaiDay(nowMs))
  const byId = document?.ok ? idIndex(cipher, document.value) : undefined
  const byCard = cardIndex(cipher, (cardNumber ?? '').replace(/\s/g, ''))
  const { rows } = await sql<BalanceRow>`
    SELECT ${BALANCE_COLUMNS} FROM balance_record
    WHERE hospital_id = ${tx.hospitalId} AND (id_index = ${byId ?? null} OR card_index = ${byCard ?? null})
    ORDER BY balance_fen DESC, patid LIMIT ${MOST}`.execute(tx.sql)
  return rows
    .filter((row) => isNamed(openPerson(cipher, row.person).reveal().name, name))
    .map((row) => ({ patid: row.patid, balanceFen: row.balance_fen, refundedFen: row.refunded_fen }))
}

function isNamed(filed: string, name: string): boolean {
  return filed === '' || normaliseName(filed) === normaliseName(name)
}

/** Of which archive a refund was noted; undefined where it is not in the ledger. */
export async function archiveOfRefund(tx: Tx, refundId: string): Promise<string | undefined> {
  const { rows } = await sql<{ patid: string }>`
    SELECT patid FROM balance_refund WHERE hospital_id = ${tx.hospitalId} AND leg_id = ${refundId}`.execute(
    tx.sql,
  )
  return rows[0]?.patid
}
