import { createHash, randomBytes } from 'node:crypto'
import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import type { Tx } from '../../database/tx.ts'
import { type AccountRow, INSTALLATION, type OperatorSessionRow, type Stage } from '../accounts/account.ts'
import { accounts } from '../accounts/find-account.ts'
import type { Door } from './door.ts'

/** A working day, however busy. */
export const SESSION_MS = 10 * HOUR_MS
/** So often the last use is written down. */
const TOUCH_MS = MINUTE_MS

/** Only its hash is stored: who reads the database cannot sign in. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** A fresh token at each step, so that nobody goes on with one that was known before. */
export function openOperatorSession(
  tx: Tx,
  { clock }: Pick<Door, 'clock'>,
  accountId: string,
  { stage, byProvider = false }: { readonly stage: Stage; readonly byProvider?: boolean },
): string {
  const token = randomBytes(32).toString('base64url')
  const nowMs = clock.nowMs()
  tx.later(
    accounts(tx)
      .insertInto('operator_session')
      .values({
        ...{ hospital_id: tx.hospitalId, token_hash: hashOf(token), account_id: accountId, stage },
        by_provider: byProvider,
        ...{ totp_pending: null, created_at_ms: nowMs, seen_at_ms: nowMs, expires_at_ms: nowMs + SESSION_MS },
      }),
  )
  return token
}

export function closeOperatorSession(tx: Tx, token: string): void {
  tx.later(
    accounts(tx)
      .deleteFrom('operator_session')
      .where('hospital_id', '=', tx.hospitalId)
      .where('token_hash', '=', hashOf(token)),
  )
}

export interface FoundSession {
  readonly session: OperatorSessionRow
  readonly account: AccountRow
}

/**
 * Undefined: unknown, over, left alone for too long, or of an account that is no longer active. To be asked for is to be
 * used, unless it `isOnlyLookedAt`.
 */
export async function findOperatorSession(
  door: Door,
  token: string,
  { isOnlyLookedAt = false }: { readonly isOnlyLookedAt?: boolean } = {},
): Promise<FoundSession | undefined> {
  const { database, clock, settings } = door
  const nowMs = clock.nowMs()
  return database.inTransaction(INSTALLATION, async (tx) => {
    const ofToken = () =>
      accounts(tx)
        .selectFrom('operator_session')
        .where('hospital_id', '=', tx.hospitalId)
        .where('token_hash', '=', hashOf(token))
    const [session, account] = await Promise.all([
      ofToken().selectAll().executeTakeFirst(),
      accounts(tx)
        .selectFrom('operator_account')
        .selectAll()
        .where('hospital_id', '=', tx.hospitalId)
        .where('id', '=', ofToken().select('account_id'))
        .executeTakeFirst(),
    ])
    if (!session || !account || account.state !== 'active') return undefined
    const idleSinceMs = nowMs - session.seen_at_ms
    if (nowMs >= session.expires_at_ms || idleSinceMs >= settings.operatorIdleMinutes * MINUTE_MS)
      return undefined
    if (idleSinceMs >= TOUCH_MS && !isOnlyLookedAt) touch(tx, session, nowMs)
    return { session, account }
  })
}

function touch(tx: Tx, { token_hash }: OperatorSessionRow, nowMs: number): void {
  tx.later(
    accounts(tx)
      .updateTable('operator_session')
      .set({ seen_at_ms: nowMs })
      .where('hospital_id', '=', tx.hospitalId)
      .where('token_hash', '=', token_hash),
  )
}

/** Those that nobody can use any more. */
export function dropOldSessions(tx: Tx, nowMs: number): void {
  tx.later(
    accounts(tx)
      .deleteFrom('operator_session')
      .where('hospital_id', '=', tx.hospitalId)
      .where('expires_at_ms', '<=', nowMs),
  )
}
