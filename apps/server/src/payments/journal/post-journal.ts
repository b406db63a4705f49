import { addFen, type Fen } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'

/**
 * - `patient`: what patients paid, negative: where the money came from.
 * - `held-for-visit`: paid, and not ordered to go back.
 * - `refund-in-transit`: ordered to go back, and no query has said yet that it did.
 * - `refunded`: back with the patient.
 * - `suspense` (存疑): came after the order was closed; a person decides.
 * - `deposit`: what the HIS keeps for patients, negative for what it holds or has given out of it. `deposit-in-transit`:
 *   held for a refund and not paid yet. `deposit-paid`: by query with the patient. `paid-at-window`: handed over by the
 *   hospital itself.
 */
export type JournalAccount =
  | 'patient'
  | 'held-for-visit'
  | 'refund-in-transit'
  | 'refunded'
  | 'suspense'
  | 'deposit'
  | 'deposit-in-transit'
  | 'deposit-paid'
  | 'paid-at-window'

export interface JournalLine {
  readonly account: JournalAccount
  /** The lines of one posting add up to zero. */
  readonly amountFen: Fen
}

export interface Posting {
  /** Names the fact, e.g. `paid:pay_…`. The same one again throws: the caller compares and sets before. */
  readonly posting: string
  /** The order or case that it belongs to. */
  readonly caseId: string
  readonly atMs: number
  readonly lines: readonly JournalLine[]
}

export type JournalTables = {
  journal_entry: {
    hospital_id: string
    posting: string
    line: number
    case_id: string
    account: string
    amount_fen: number
    at_ms: number
  }
}

/** Appends one balanced posting to the journal in the caller's transaction. */
export function postJournal(tx: Tx, { posting, caseId, atMs, lines }: Posting): void {
  if (addFen(...lines.map(({ amountFen }) => amountFen)) !== 0)
    throw new Error(`posting ${posting} is not balanced`)
  tx.later(
    tx.sql
      .withTables<JournalTables>()
      .insertInto('journal_entry')
      .values(
        lines.map(({ account, amountFen }, index) => ({
          ...{ hospital_id: tx.hospitalId, posting, line: index + 1, case_id: caseId },
          ...{ account, amount_fen: amountFen, at_ms: atMs },
        })),
      ),
  )
}
