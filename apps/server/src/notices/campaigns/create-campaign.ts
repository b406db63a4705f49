import { newId } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { NoticesParts } from '../room.ts'
import type { NoticesTables } from '../tables.ts'
import { auditCampaign } from './audit-campaign.ts'

export interface NewCampaign {
  readonly name: string
  /** The operator's id. */
  readonly by: string
}

/** A campaign without targets, which does not run yet. Returns its id. */
export async function createCampaign(
  tx: Tx,
  room: Pick<NoticesParts, 'clock'>,
  { name, by }: NewCampaign,
): Promise<string> {
  const id = newId('camp')
  await tx.sql
    .withTables<NoticesTables>()
    .insertInto('notice_campaign')
    .values({
      ...{ hospital_id: tx.hospitalId, id, name, state: 'draft', problem: null, created_by: by },
      ...{ created_at_ms: room.clock.nowMs(), started_at_ms: null, done_at_ms: null },
      ...{ looks: 0, next_action_at_ms: null },
    })
    .execute()
  auditCampaign(tx, room.clock, { action: 'created', id, by })
  return id
}
