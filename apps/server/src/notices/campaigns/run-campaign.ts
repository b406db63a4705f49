import type { Tx } from '../../platform/database/tx.ts'
import { channelsOf } from '../delivery/reach.ts'
import { NOTICES_WORK, type NoticesParts } from '../room.ts'
import type { CampaignRow, NoticesTables } from '../tables.ts'
import { auditCampaign } from './audit-campaign.ts'

export type CampaignChange = 'changed' | 'no-such-campaign' | 'not-in-that-state' | 'no-channel'

/** Starts a draft, or goes on with a paused campaign from where it stands. */
export async function runCampaign(
  tx: Tx,
  room: NoticesParts,
  id: string,
  by: string,
): Promise<CampaignChange> {
  const campaign = await lockCampaign(tx, id)
  if (!campaign) return 'no-such-campaign'
  if (campaign.state !== 'draft' && campaign.state !== 'paused') return 'not-in-that-state'
  const hospital = room.hospitals.find(tx.hospitalId)
  if (!hospital?.notices.kinds.balance.send || channelsOf(hospital, 'balance').length === 0)
    return 'no-channel'
  const nowMs = room.clock.nowMs()
  await changeCampaign(tx, campaign, {
    ...{ state: 'running', problem: null, next_action_at_ms: nowMs },
    started_at_ms: campaign.started_at_ms ?? nowMs,
  })
  await tx.sql
    .withTables<NoticesTables>()
    .updateTable('notice')
    .set({ next_action_at_ms: nowMs })
    .where('hospital_id', '=', tx.hospitalId)
    .where('campaign_id', '=', id)
    .where('state', 'in', ['queued', 'sending'])
    .execute()
  auditCampaign(tx, room.clock, { action: campaign.state === 'draft' ? 'started' : 'resumed', id, by })
  await room.jobs.wake(tx, NOTICES_WORK)
  return 'changed'
}

/** Nobody else is told until it runs again; what is on its way to WeChat at this moment goes out. */
export async function pauseCampaign(
  tx: Tx,
  { clock }: Pick<NoticesParts, 'clock'>,
  id: string,
  by: string,
): Promise<CampaignChange> {
  const campaign = await lockCampaign(tx, id)
  if (!campaign) return 'no-such-campaign'
  if (campaign.state !== 'running') return 'not-in-that-state'
  await changeCampaign(tx, campaign, { state: 'paused', next_action_at_ms: null })
  auditCampaign(tx, clock, { action: 'paused', id, by })
  return 'changed'
}

export function lockCampaign(tx: Tx, id: string): Promise<CampaignRow | undefined> {
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_campaign')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** The caller holds the campaign. */
export async function changeCampaign(tx: Tx, { id }: CampaignRow, to: Partial<CampaignRow>): Promise<void> {
  await tx.sql
    .withTables<NoticesTables>()
    .updateTable('notice_campaign')
    .set(to)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .execute()
}
