import { type Clock, DAY_MS, HOUR_MS, type Outcome, startOfShanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { NoticeChannel } from '../../platform/hospitals/notices-config.ts'
import type { NoticesParts } from '../room.ts'
import type { NoticeRow, NoticesTables, SendingRow } from '../tables.ts'
import { pauseAfter } from './choose-step.ts'
import type { Prepared } from './prepare-message.ts'
import { actionOf, NO_ANSWER } from './refusals.ts'
import { REQUEST_CONTEXT, type TakenMessage } from './send-stored.ts'

/** A channel that says "later" so often is as good as closed. */
const MAX_SENDINGS = 8
/** A number a day that is used up three days in a row will be so on the fourth, too. */
const MAX_WAIT_MS = 3 * DAY_MS

export function findSendings(tx: Tx, noticeId: string): Promise<SendingRow[]> {
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_sending')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('notice_id', '=', noticeId)
    .execute()
}

/** The intent with its exact bytes, before it is sent; or why a channel cannot even be asked. */
export function storeSending(
  tx: Tx,
  { cipher, clock }: Pick<NoticesParts, 'cipher' | 'clock'>,
  noticeId: string,
  channel: NoticeChannel,
  prepared: Prepared,
): Promise<SendingRow> {
  const sentAtMs = 'message' in prepared ? clock.nowMs() : null
  return tx.sql
    .withTables<NoticesTables>()
    .insertInto('notice_sending')
    .values({
      ...{ hospital_id: tx.hospitalId, notice_id: noticeId, channel, appid: prepared.appid },
      ...('message' in prepared
        ? {
            request: cipher.seal(JSON.stringify(prepared.message), REQUEST_CONTEXT),
            ...{ state: 'asked' as const, sendings: 1, code: null },
          }
        : { request: null, state: 'no' as const, sendings: 0, code: prepared.refused }),
      ...{ doubtful: false, msg_id: null, retry_at_ms: null },
      ...{ first_sent_at_ms: sentAtMs, sent_at_ms: sentAtMs },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Counted before it is sent: after a crash the next one knows that it is not the first. */
export function countSending(tx: Tx, clock: Clock, sending: SendingRow): Promise<SendingRow> {
  return ofSending(tx, sending)
    .set((row) => ({
      ...{ sendings: row('sendings', '+', 1), sent_at_ms: clock.nowMs(), retry_at_ms: null },
      // What was refused was surely not taken; anything else may have been.
      doubtful: sql<boolean>`doubtful OR state <> 'no'`,
      // The time for which WeChat knows the number begins with the first sending that it may have taken.
      first_sent_at_ms: sql<number>`CASE WHEN doubtful OR state <> 'no' THEN first_sent_at_ms ELSE ${clock.nowMs()} END`,
      state: 'asked' as const,
    }))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What became of a sending. A refusal after one that may have been taken says nothing: it stays unknown. */
export async function noteOutcome(
  tx: Tx,
  clock: Clock,
  notice: NoticeRow,
  sending: SendingRow,
  outcome: Outcome<TakenMessage>,
): Promise<void> {
  const isUnknown = outcome.kind === 'unknown' || (outcome.kind === 'no' && sending.doubtful)
  const code = outcome.kind === 'yes' ? null : outcome.kind === 'no' ? outcome.code : NO_ANSWER
  await ofSending(tx, sending)
    .set({
      ...{ state: isUnknown ? 'unknown' : outcome.kind, code },
      msg_id: outcome.kind === 'yes' ? (outcome.value.msgId ?? null) : null,
      retry_at_ms:
        outcome.kind === 'no' && !isUnknown ? retryAtMs(clock, notice, sending, outcome.code) : null,
      ...(isUnknown && { doubtful: true }),
    })
    // Of this very sending: a later one has an answer of its own. A yes counts whichever sending it answers.
    .where((row) =>
      outcome.kind === 'yes'
        ? row.lit(true)
        : row.and([row('sendings', '=', sending.sendings), row('state', '=', 'asked')]),
    )
    .execute()
}

function retryAtMs(clock: Clock, notice: NoticeRow, sending: SendingRow, code: string): number | null {
  const nowMs = clock.nowMs()
  const action = actionOf(sending.channel, code)
  if (action === 'later' || action === 'token')
    return sending.sendings < MAX_SENDINGS ? nowMs + pauseAfter(sending.sendings) : null
  if (action !== 'tomorrow' || nowMs - notice.created_at_ms > MAX_WAIT_MS) return null
  // Not at midnight, when the number begins anew: nobody is to be woken.
  return startOfShanghaiDay(nowMs) + DAY_MS + 8 * HOUR_MS
}

function ofSending(tx: Tx, { notice_id: noticeId, channel }: SendingRow) {
  return tx.sql
    .withTables<NoticesTables>()
    .updateTable('notice_sending')
    .where('hospital_id', '=', tx.hospitalId)
    .where('notice_id', '=', noticeId)
    .where('channel', '=', channel)
}
