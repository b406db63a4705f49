import { DAY_MS, type HospitalId, MINUTE_MS } from '@zhangyi/core'
import { endCallback } from '../../platform/callbacks/record-callback.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { changeNotice, lockNotice } from '../delivery/notice-row.ts'
import { BLOCKED, problemOf, SYSTEM_FAILED } from '../delivery/refusals.ts'
import { toldNotice } from '../notices-events.ts'
import { NOTICES_WORK, type NoticesRoom } from '../room.ts'
import type { EventRow, NoticesTables, SendingRow } from '../tables.ts'

/** An event may overtake the answer of the call that it is about; by then that answer is stored or lost. */
const OVERTAKEN_MS = 10 * MINUTE_MS
/** A failure told later than this finds a notice that is of no use any more. */
const STILL_OF_USE_MS = DAY_MS

/** Works one stored event. Its own transaction also marks it, so that it is worked once. */
export async function workEvent(room: NoticesRoom, hospitalId: HospitalId, event: EventRow): Promise<void> {
  await room.database.inTransaction(hospitalId, async (tx) => {
    const sending = await findSending(tx, event.msg_id)
    // It comes again with the next look.
    if (!sending && room.clock.nowMs() - event.received_at_ms < OVERTAKEN_MS) return
    if (sending) await takeOver(tx, room, sending, event)
    else room.log.info({ hospital: hospitalId }, 'delivery event of a message that is not ours')
    endCallback(tx, 'weixin', event.id, sending ? 'handled' : 'foreign')
    await tx.sql
      .withTables<NoticesTables>()
      .updateTable('notice_event')
      .set({ state: sending ? 'worked' : 'foreign', next_action_at_ms: null })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', event.id)
      .execute()
  })
}

async function takeOver(tx: Tx, room: NoticesRoom, sending: SendingRow, { told }: EventRow): Promise<void> {
  const notice = await lockNotice(tx, sending.notice_id)
  const nowMs = room.clock.nowMs()
  if (notice.state !== 'accepted' || notice.channel !== 'template') {
    // An end stays an end.
    room.log.warn({ notice: notice.id, state: notice.state, told }, 'delivery event comes after the end')
    return
  }
  if (told === 'delivered') {
    await changeNotice(tx, notice, { state: 'delivered', settled_at_ms: nowMs })
    return room.events.told(tx, toldNotice(notice, 'template', notice.accepted_at_ms ?? nowMs))
  }
  // WeChat says that it did not arrive, which is as definite as a refusal: the next channel may be tried.
  const code = told === 'blocked' ? BLOCKED : SYSTEM_FAILED
  await tx.sql
    .withTables<NoticesTables>()
    .updateTable('notice_sending')
    .set({ state: 'no', code, retry_at_ms: null })
    .where('hospital_id', '=', tx.hospitalId)
    .where('notice_id', '=', notice.id)
    .where('channel', '=', 'template')
    .execute()
  const problem = problemOf('template', code)
  if (nowMs - notice.created_at_ms > STILL_OF_USE_MS)
    return changeNotice(tx, notice, { state: 'failed', problem, settled_at_ms: nowMs })
  await changeNotice(tx, notice, {
    ...{ state: 'queued', problem, accepted_at_ms: null, next_action_at_ms: nowMs },
  })
  await room.jobs.wake(tx, NOTICES_WORK)
}

function findSending(tx: Tx, msgId: string): Promise<SendingRow | undefined> {
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_sending')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('msg_id', '=', msgId)
    .where('channel', '=', 'template')
    .executeTakeFirst()
}
