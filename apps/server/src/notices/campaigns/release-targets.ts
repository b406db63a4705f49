import { MINUTE_MS } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { campaignKey } from '../notices-events.ts'
import { storeNotice } from '../queue-notice.ts'
import { NOTICES_WORK, type NoticesRoom } from '../room.ts'
import type { CampaignRow, NoticesTables, TargetRow } from '../tables.ts'
import { openingMs } from './hours.ts'
import { changeCampaign, lockCampaign } from './run-campaign.ts'
import { openTarget } from './target-content.ts'

/**
 * Hands as many persons on as may be told within a minute, each with a notice of its own, in one transaction: after a
 * crash either all of them are handed on or none.
 */
export async function releaseTargets(
  room: NoticesRoom,
  hospital: Hospital,
  claimed: CampaignRow,
): Promise<void> {
  await room.database.inTransaction(hospital.id, async (tx) => {
    const campaign = await lockCampaign(tx, claimed.id)
    // Of another claim, or paused meanwhile.
    if (campaign?.state !== 'running' || campaign.looks !== claimed.looks) return
    const nowMs = room.clock.nowMs()
    const opensMs = openingMs(nowMs, hospital.notices.campaigns)
    if (opensMs > nowMs) return changeCampaign(tx, campaign, { next_action_at_ms: opensMs })
    const targets = await takeWaiting(tx, campaign, hospital.notices.campaigns.perMinute)
    for (const target of targets) await handOn(tx, room, campaign, target)
    if (targets.length === 0)
      return changeCampaign(tx, campaign, { state: 'done', done_at_ms: nowMs, next_action_at_ms: null })
    await changeCampaign(tx, campaign, { next_action_at_ms: nowMs + MINUTE_MS })
    await room.jobs.wake(tx, NOTICES_WORK)
  })
}

function takeWaiting(tx: Tx, { id }: CampaignRow, count: number): Promise<TargetRow[]> {
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('campaign_target')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('campaign_id', '=', id)
    .where('state', '=', 'waiting')
    .orderBy('person')
    .limit(count)
    .execute()
}

async function handOn(tx: Tx, room: NoticesRoom, { id }: CampaignRow, target: TargetRow): Promise<void> {
  if (target.user_id === null) throw new Error('a target without a user waits for nothing')
  const { patientName, cardNumber, balanceFen, page } = openTarget(room.cipher, target.content)
  const noticeId = await storeNotice(
    tx,
    room,
    {
      ...{ kind: 'balance', key: campaignKey(id, target.person), userId: target.user_id },
      ...{ patientName, cardNumber, balanceFen, amountFen: undefined, page },
    },
    id,
  )
  if (noticeId === undefined) throw new Error('a target that waits has no notice yet')
  await tx.sql
    .withTables<NoticesTables>()
    .updateTable('campaign_target')
    .set({ state: 'queued', notice_id: noticeId })
    .where('hospital_id', '=', tx.hospitalId)
    .where('campaign_id', '=', id)
    .where('person', '=', target.person)
    .execute()
}
