import {
  type CallbackOptions,
  type CallbackQuery,
  dedupeKey,
  openCallback,
  readTemplateDelivery,
} from '@zhangyi/wechat'
import { recordCallback } from '../../platform/callbacks/record-callback.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { NOTICES_WORK, type NoticesRoom } from '../room.ts'
import type { NoticesTables } from '../tables.ts'

/**
 * Verifies and stores what became of a template message; it is committed before WeChat is answered and worked after.
 * Other events of the official account are none of ours. Throws `WechatCallbackError`.
 */
export async function receiveEvent(
  { database, clock, jobs }: NoticesRoom,
  hospital: Hospital,
  options: CallbackOptions,
  query: CallbackQuery,
  body: string,
): Promise<void> {
  const document = openCallback(options, query, body)
  const told = readTemplateDelivery(document)
  const about = { platform: 'weixin', signature: 'good', receivedAtMs: clock.nowMs() } as const
  if (!told)
    return database.inTransaction(hospital.id, (tx) =>
      recordCallback(tx, { ...about, kind: '', number: '', outcome: 'ignored' }),
    )
  await database.inTransaction(hospital.id, async (tx) => {
    const nowMs = clock.nowMs()
    const stored = await tx.sql
      .withTables<NoticesTables>()
      .insertInto('notice_event')
      .values({
        ...{ hospital_id: hospital.id, id: dedupeKey(document), msg_id: told.msgId, told: told.state },
        ...{ state: 'stored', looks: 0, received_at_ms: nowMs, next_action_at_ms: nowMs },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    recordCallback(tx, {
      ...{ ...about, kind: 'TEMPLATESENDJOBFINISH', number: told.msgId, key: dedupeKey(document) },
      ...{ outcome: stored ? 'stored' : 'duplicate', facts: { state: told.state } },
    })
    if (stored) await jobs.wake(tx, NOTICES_WORK)
  })
}
