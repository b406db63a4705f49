import type { Tx } from '../database/tx.ts'

type UserTables = { app_user: { hospital_id: string; id: string } }

/**
 * Until the caller's transaction ends, nobody else holds this lock on the user: what counts a user's tries, or depends
 * on a consent or a choice that another request may just be taking back, comes one after the other. Rows that refer to
 * the user may be written meanwhile.
 */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await tx.sql
    .withTables<UserTables>()
    .selectFrom('app_user')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}
