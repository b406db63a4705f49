import { newId } from '@zhangyi/core'
import type { Tx } from '../platform/database/tx.ts'
import type { NewNotice } from './notice.ts'
import { sealContent } from './notice-content.ts'
import { NOTICES_WORK, type NoticesParts } from './room.ts'
import type { NoticesTables } from './tables.ts'

/**
 * Stores what a patient is to be told, in the transaction of what happened; it is sent once that is committed. The same
 * key again is the same notice. A kind that the hospital does not send is not stored.
 */
export async function queueNotice(tx: Tx, room: NoticesParts, notice: NewNotice): Promise<void> {
  const hospital = room.hospitals.find(tx.hospitalId)
  if (!hospital?.notices.kinds[notice.kind].send) return
  const id = await storeNotice(tx, room, notice, null)
  if (id !== undefined) await room.jobs.wake(tx, NOTICES_WORK)
}

/** Returns the id of a new notice; undefined if its key is known. */
export async function storeNotice(
  tx: Tx,
  { clock, cipher }: Pick<NoticesParts, 'clock' | 'cipher'>,
  notice: NewNotice,
  campaignId: string | null,
): Promise<string | undefined> {
  const { kind, key, userId, patientName, cardNumber, balanceFen, amountFen, page } = notice
  const nowMs = clock.nowMs()
  const id = newId('note')
  const content = {
    ...{ patientName: patientName.reveal(), cardNumber: cardNumber?.reveal() },
    ...{ balanceFen, amountFen, page },
  }
  const stored = await tx.sql
    .withTables<NoticesTables>()
    .insertInto('notice')
    .values({
      ...{ hospital_id: tx.hospitalId, id, notice_key: key, kind, campaign_id: campaignId },
      ...{ user_id: userId, journey: notice.journey ?? id, content: sealContent(cipher, content) },
      ...{ state: 'queued', channel: null, problem: null, tries: 0 },
      ...{ created_at_ms: nowMs, accepted_at_ms: null, settled_at_ms: null, next_action_at_ms: nowMs },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (stored) tx.changed('notices')
  return stored?.id
}
