import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

// A type, not an interface: Kysely asks for an index signature.
export type RefundCampaignRow = {
  hospital_id: string
  id: string
  min_fen: number
  since_before: string | null
  again: boolean
  state: 'gathering' | 'gathered'
  after_patid: string
  looked_at: number
  gathered: number
  looks: number
  created_at_ms: number
  next_action_at_ms: number | null
}

export async function findRefundCampaigns(
  tx: Tx,
  ids: readonly string[],
): Promise<readonly RefundCampaignRow[]> {
  const { rows } = await sql<RefundCampaignRow>`
    SELECT *, since_before::text AS since_before FROM refund_campaign
    WHERE hospital_id = ${tx.hospitalId} AND id = ANY (${ids})`.execute(tx.sql)
  return rows
}
