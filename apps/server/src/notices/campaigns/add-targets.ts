import type { Tx } from '../../platform/database/tx.ts'
import type { NoticesParts } from '../room.ts'
import type { NoticesTables } from '../tables.ts'
import type { CampaignTarget } from './campaign.ts'
import { sealTarget } from './target-content.ts'

/** Rows a statement: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 1_000

/**
 * Adds persons to a campaign that has not ended; who is in it already stays as they are. Returns how many are new.
 * Throws for a campaign that is done or unknown.
 */
export async function addCampaignTargets(
  tx: Tx,
  { cipher, clock }: Pick<NoticesParts, 'cipher' | 'clock'>,
  campaignId: string,
  targets: readonly CampaignTarget[],
): Promise<number> {
  const sql = tx.sql.withTables<NoticesTables>()
  const campaign = await sql
    .selectFrom('notice_campaign')
    .select('state')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst()
  if (!campaign || campaign.state === 'done') throw new Error(`campaign ${campaignId} takes no targets`)
  let added = 0
  for (let from = 0; from < targets.length; from += AT_ONCE) {
    const rows = await sql
      .insertInto('campaign_target')
      .values(
        targets.slice(from, from + AT_ONCE).map((target) => ({
          ...{ hospital_id: tx.hospitalId, campaign_id: campaignId, person: target.person },
          ...{ user_id: target.userId ?? null, content: sealTarget(cipher, target), notice_id: null },
          ...{ state: target.userId === undefined ? ('unreachable' as const) : ('waiting' as const) },
          added_at_ms: clock.nowMs(),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('person')
      .execute()
    added += rows.length
  }
  return added
}
