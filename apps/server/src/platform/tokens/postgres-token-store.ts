import type { HospitalId, TokenStore } from '@zhangyi/core'
import type { Cipher } from '../crypto/cipher.ts'
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/tx.ts'

type TokenTables = {
  platform_token: { hospital_id: string; token_key: string; token: Buffer; expires_at_ms: number }
}

/**
 * Tokens of an outside platform in the database: all server processes share one, and only one of them refreshes at a
 * time, because a fresh token kills its predecessor. No transaction stays open while
 * the platform is asked.
 */
export function postgresTokenStore(database: Database, cipher: Cipher, hospital: HospitalId): TokenStore {
  const read = (key: string) =>
    database.inTransaction(hospital, async (tx) => {
      const row = await rows(tx)
        .selectFrom('platform_token')
        .select(['token', 'expires_at_ms'])
        .where('hospital_id', '=', hospital)
        .where('token_key', '=', key)
        .executeTakeFirst()
      return (
        row && {
          token: cipher.open(row.token, 'platform_token.token').reveal(),
          expiresAtMs: row.expires_at_ms,
        }
      )
    })
  return {
    read,
    refresh: (key, seenToken, fetchNew) =>
      database.withLock(`platform-token ${hospital} ${key}`, async () => {
        const current = await read(key)
        if (current && current.token !== seenToken) return current
        const fresh = await fetchNew()
        await database.inTransaction(hospital, (tx) => save(tx, cipher, key, fresh))
        return fresh
      }),
  }
}

async function save(
  tx: Tx,
  cipher: Cipher,
  key: string,
  fresh: { token: string; expiresAtMs: number },
): Promise<void> {
  const values = { token: cipher.seal(fresh.token, 'platform_token.token'), expires_at_ms: fresh.expiresAtMs }
  await rows(tx)
    .insertInto('platform_token')
    .values({ hospital_id: tx.hospitalId, token_key: key, ...values })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'token_key']).doUpdateSet(values))
    .execute()
}

function rows(tx: Tx) {
  return tx.sql.withTables<TokenTables>()
}
