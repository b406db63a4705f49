import type { Tx } from '../../platform/database/tx.ts'
import type { VerificationTables } from '../orders/order.ts'

export type CodeRow = VerificationTables['verification_code']

/** The newest code of a verification, its row locked; older ones are void. */
export function newestCode(tx: Tx, verificationId: string): Promise<CodeRow | undefined> {
  return tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification_code')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('verification_id', '=', verificationId)
    .orderBy('created_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}
