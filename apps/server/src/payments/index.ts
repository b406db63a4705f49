import type { Fen } from '@zhangyi/core'
import type { Tx } from '../platform/database/tx.ts'

/** Payment orders, refund and transfer attempts, their resolver, balance reservations, the journal. */
export interface JournalLine {
  readonly account: string
  /** The lines of one posting add up to zero. */
  readonly amountFen: Fen
}

/** Appends one balanced posting to the journal in the caller's transaction. */
export type PostJournal = (tx: Tx, caseId: string, lines: readonly JournalLine[]) => Promise<void>
