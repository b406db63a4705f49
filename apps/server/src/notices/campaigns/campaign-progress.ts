import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { problemWords } from '../delivery/refusals.ts'
import type { CampaignRow, NoticesTables } from '../tables.ts'
import type { CampaignProgress } from './campaign.ts'

const MAX_LISTED = 100

/** Newest first, at most a hundred. */
export async function listCampaigns(tx: Tx): Promise<readonly CampaignProgress[]> {
  const rows = await campaigns(tx).limit(MAX_LISTED).execute()
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

function campaigns(tx: Tx) {
  const counted = (condition: ReturnType<typeof sql<boolean>>) =>
    sql<number>`count(t.person) FILTER (WHERE ${condition})`
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_campaign as c')
    .leftJoin('campaign_target as t', (join) =>
      join.onRef('t.hospital_id', '=', 'c.hospital_id').onRef('t.campaign_id', '=', 'c.id'),
    )
    .leftJoin('notice as n', (join) =>
      join.onRef('n.hospital_id', '=', 't.hospital_id').onRef('n.id', '=', 't.notice_id'),
    )
    .where('c.hospital_id', '=', tx.hospitalId)
    .selectAll('c')
    .select([
      sql<number>`count(t.person)`.as('targets'),
      counted(sql`t.state = 'waiting'`).as('waiting'),
      counted(sql`n.state IN ('queued', 'sending')`).as('under_way'),
      counted(sql`n.state = 'accepted'`).as('accepted'),
      counted(sql`n.state = 'delivered'`).as('delivered'),
      counted(sql`n.state = 'unknown'`).as('unknown'),
      counted(sql`t.state = 'unreachable' OR n.state IN ('unreachable', 'failed')`).as('unreachable'),
    ])
    .groupBy(['c.hospital_id', 'c.id'])
    .orderBy('c.created_at_ms', 'desc')
    .orderBy('c.id')
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
