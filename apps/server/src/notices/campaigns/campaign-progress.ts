import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import { problemWords } from '../delivery/refusals.ts'
import type { CampaignRow, NoticesTables } from '../tables.ts'
import type { CampaignProgress } from './campaign.ts'

export interface CampaignsPage extends Pick<ListTimes, 'before'> {
  readonly limit: number
}

/** Newest first. */
export async function listCampaigns(
  tx: Tx,
  { before, limit }: CampaignsPage,
): Promise<readonly CampaignProgress[]> {
  const rows = await campaigns(tx)
    .where((row) => row.and([...inTime(sql`c.created_at_ms`, sql`c.id`, { before })]))
    .limit(limit)
    .execute()
  return rows.map(progressOf)
}

export async function findCampaign(tx: Tx, id: string): Promise<CampaignProgress | undefined> {
  const row = await campaigns(tx).where('c.id', '=', id).executeTakeFirst()
  return row && progressOf(row)
}

type Counted = CampaignRow & {
  targets: number
  waiting: number
  under_way: number
  accepted: number
  delivered: number
  unknown: number
  unreachable: number
}

/** Counted for each campaign of the page by itself: those of other pages cost nothing. */
function campaigns(tx: Tx) {
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_campaign as c')
    .innerJoinLateral(
      sql<Omit<Counted, keyof CampaignRow>>`(
        SELECT count(*) AS targets,
          count(*) FILTER (WHERE t.state = 'waiting') AS waiting,
          count(*) FILTER (WHERE n.state IN ('queued', 'sending')) AS under_way,
          count(*) FILTER (WHERE n.state = 'accepted') AS accepted,
          count(*) FILTER (WHERE n.state = 'delivered') AS delivered,
          count(*) FILTER (WHERE n.state = 'unknown') AS unknown,
          count(*) FILTER (WHERE t.state = 'unreachable' OR n.state IN ('unreachable', 'failed')) AS unreachable
        FROM campaign_target AS t
        LEFT JOIN notice AS n ON n.hospital_id = t.hospital_id AND n.id = t.notice_id
        WHERE t.hospital_id = c.hospital_id AND t.campaign_id = c.id)`.as('counted'),
      (join) => join.onTrue(),
    )
    .where('c.hospital_id', '=', tx.hospitalId)
    .selectAll('c')
    .select([
      ...(['counted.targets', 'counted.waiting', 'counted.under_way', 'counted.accepted'] as const),
      ...(['counted.delivered', 'counted.unknown', 'counted.unreachable'] as const),
    ])
    .orderBy('c.created_at_ms', 'desc')
    .orderBy('c.id', 'desc')
}

function progressOf(row: Counted): CampaignProgress {
  return {
    ...{ id: row.id, name: row.name, state: row.state, createdBy: row.created_by },
    problem: row.problem === null ? undefined : problemWords(row.problem),
    ...{ createdAtMs: row.created_at_ms, startedAtMs: row.started_at_ms ?? undefined },
    doneAtMs: row.done_at_ms ?? undefined,
    ...{ targets: row.targets, waiting: row.waiting, underWay: row.under_way, accepted: row.accepted },
    ...{ delivered: row.delivered, unknown: row.unknown, unreachable: row.unreachable },
  }
}
