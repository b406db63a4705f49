import type { Tx } from '../../platform/database/tx.ts'
import type { JournalTables } from './post-journal.ts'

/** One line of the journal, as it was posted. */
export interface PostedLine {
  readonly posting: string
  readonly line: number
  readonly account: string
  readonly amountFen: number
  readonly atMs: number
}

/** Every case has a handful of postings; one that has more is looked at in the database. */
const MOST = 200

/** What the journal holds of a case, oldest first. */
export async function caseJournal(tx: Tx, caseId: string): Promise<readonly PostedLine[]> {
  const rows = await tx.sql
    .withTables<JournalTables>()
    .selectFrom('journal_entry')
    .select(['posting', 'line', 'account', 'amount_fen', 'at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('case_id', '=', caseId)
    .orderBy('at_ms')
    .orderBy('posting')
    .orderBy('line')
    .limit(MOST)
    .execute()
  return rows.map(({ posting, line, account, amount_fen, at_ms }) => ({
    ...{ posting, line, account, amountFen: amount_fen, atMs: at_ms },
  }))
}
