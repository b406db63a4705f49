import { findCampaign, listCampaigns } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { findRefundCampaigns } from './campaign-row.ts'
import { campaignView } from './campaign-views.ts'

/** Newest first, at most a hundred. */
export async function listLedgerCampaigns(tx: Tx) {
  const all = await listCampaigns(tx)
  const rows = await findRefundCampaigns(
    tx,
    all.map(({ id }) => id),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return all.flatMap((progress) => {
    const row = byId.get(progress.id)
    return row ? [campaignView(progress, row)] : []
  })
}

export async function showLedgerCampaign(tx: Tx, id: string) {
  const progress = await findCampaign(tx, id)
  const [row] = await findRefundCampaigns(tx, [id])
  if (!progress || !row) throw new AppError('not-found', { zh: '没有这个批量通知。' })
  return campaignView(progress, row)
}
