import type { Clock, HospitalId } from '@zhangyi/core'
import type { PreparedRequest, SendOptions, SentResult } from '@zhangyi/wechat-pay'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptEndpoint, AttemptRow, PaymentsTables } from '../tables.ts'
import { restoreAttempt } from './attempts.ts'

type Send<E extends AttemptEndpoint, T> = (
  prepared: PreparedRequest<E>,
  options: SendOptions,
) => Promise<SentResult<T>>

/**
 * Sends the stored bytes, the first time or again, and stores the outcome; no transaction is open in between. The
 * sending was counted before, in the transaction in which it was decided: after a crash the next one knows that it is
 * not the first.
 */
export async function sendCounted<E extends AttemptEndpoint, T>(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  attempt: AttemptRow,
  endpoint: E,
  send: Send<E, T>,
): Promise<SentResult<T>> {
  const result = await sendStored(room, attempt, endpoint, send)
  await room.database.inTransaction(hospitalId, (tx) => noteOutcome(tx, attempt.id, result))
  return result
}

/** Sends the stored bytes of a counted sending, and leaves it to the caller to store the outcome (`noteOutcome`). */
export async function sendStored<E extends AttemptEndpoint, T>(
  { cipher, log }: Pick<PaymentsRoom, 'cipher' | 'log'>,
  attempt: AttemptRow,
  endpoint: E,
  send: Send<E, T>,
): Promise<SentResult<T>> {
  const prepared = restoreAttempt(cipher, attempt, endpoint)
  // Only what an earlier sending may have done makes a refusal inconclusive.
  const result = await send(prepared, { attempt: attempt.doubtful ? attempt.sendings : 1 })
  const { channelFault, code, requestId } = result.call
  // Every patient after this one would be refused, too.
  if (channelFault)
    log.error({ endpoint, code, requestId }, 'WeChat Pay refuses the channel: product, key, address or clock')
  return result
}

export function countSending(tx: Tx, clock: Clock, { id }: AttemptRow): Promise<AttemptRow> {
  return tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_attempt')
    .set((row) => ({
      sendings: row('sendings', '+', 1),
      sent_at_ms: clock.nowMs(),
      // Unless the answer before said that nothing came of it; a sending that was never answered may have been accepted.
      doubtful: sql<boolean>`doubtful OR state = 'asked' OR (sendings > 0 AND state <> 'no'
        AND coalesce(last_class, '') NOT IN ('not-accepted', 'waiting-for-funds'))`,
      // What was once accepted stays so: a repeated prepay only fetches its id again.
      state: row
        .case()
        .when('state', '=', 'yes')
        .then('yes' as const)
        .else('asked' as const)
        .end(),
    }))
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function noteOutcome(tx: Tx, id: string, { kind, call }: SentResult<unknown>): void {
  tx.later(
    tx.sql
      .withTables<PaymentsTables>()
      .updateTable('payment_attempt')
      .set({
        ...{
          state: kind,
          last_class: call.class,
          last_problem: kind === 'yes' ? null : (call.code ?? call.class),
        },
        request_id: call.requestId ?? null,
      })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', id)
      .where((row) => row.or([row('state', '<>', 'yes'), row.lit(kind === 'yes')])),
  )
}
