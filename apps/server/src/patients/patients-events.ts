import type { Tx } from '../platform/database/tx.ts'

/** What this room tells others in the transaction in which it happens; `app.ts` wires who listens. */
export interface PatientsEvents {
  /** The user turned to another patient. */
  switched(tx: Tx, userId: string, patientId: string): Promise<void>
  unlinked(tx: Tx, userId: string, patientId: string): Promise<void>
  consentWithdrawn(tx: Tx, userId: string): Promise<void>
}
