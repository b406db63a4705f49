import { sql } from 'kysely'
import { createCampaign, type NoticesParts } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'

export const CAMPAIGN_TARGETS_WORK = 'refunds.campaign-targets'

export interface NewLedgerCampaign {
  readonly name: string
  readonly minFen: number
  /** `yyyy-MM-dd`, not included. */
  readonly sinceBefore?: string | undefined
  /** Also those who were told of their balance before. */
  readonly again: boolean
  /** The operator's id. */
  readonly by: string
}

/** A campaign about balances of the ledger; its targets are gathered in the background. Returns its id. */
export async function createLedgerCampaign(
  tx: Tx,
  room: NoticesParts,
  { name, minFen, sinceBefore, again, by }: NewLedgerCampaign,
): Promise<string> {
  const id = await createCampaign(tx, room, { name, by })
  const nowMs = room.clock.nowMs()
  await sql`
    INSERT INTO refund_campaign (hospital_id, id, min_fen, since_before, again, state, after_patid, looked_at, gathered,
      looks, created_at_ms, next_action_at_ms)
    VALUES (${tx.hospitalId}, ${id}, ${minFen}, ${sinceBefore ?? null}::date, ${again}, 'gathering', '', 0, 0,
      0, ${nowMs}, ${nowMs})`.execute(tx.sql)
  await room.jobs.wake(tx, CAMPAIGN_TARGETS_WORK)
  return id
}
