import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { RefundsTables } from '../tables.ts'

/** The case that this application made already, when it is sent again. */
export async function findByRequest(
  tx: Tx,
  { userId }: Session,
  requestKey: string,
): Promise<string | undefined> {
  const found = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
  return found?.id
}
