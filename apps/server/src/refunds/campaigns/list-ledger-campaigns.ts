import { findCampaign, listCampaigns } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { pageOf, placeText } from '../../platform/operators/list-page.ts'
import { findRefundCampaigns } from './campaign-row.ts'
import { campaignView } from './campaign-views.ts'

const PAGE = 20

/** Newest first. */
export async function listLedgerCampaigns(tx: Tx, before: string | undefined) {
  const page = pageOf(
    await listCampaigns(tx, { limit: PAGE + 1, before }),
    PAGE,
    (progress) => progress,
    ({ createdAtMs: atMs, id }) => placeText({ atMs, id }),
  )
  const rows = await findRefundCampaigns(
    tx,
    page.rows.map(({ id }) => id),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    campaigns: page.rows.flatMap((progress) => {
      const row = byId.get(progress.id)
      return row ? [campaignView(progress, row)] : []
    }),
    next: page.next,
  }
}

export async function showLedgerCampaign(tx: Tx, id: string) {
  const progress = await findCampaign(tx, id)
  const [row] = await findRefundCampaigns(tx, [id])
  if (!progress || !row) throw new AppError('not-found', { zh: '没有这个批量通知。' })
  return campaignView(progress, row)
}
