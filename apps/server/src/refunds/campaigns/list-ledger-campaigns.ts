import { findCampaign, listCampaigns } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { findRefundCampaigns } from './campaign-row.ts'
import { campaignView } from './campaign-views.ts'

const PAGE = 20
const CURSOR = /^(\d{1,15})\.(\w{1,64})$/

/** Newest first. */
export async function listLedgerCampaigns(tx: Tx, before: string | undefined) {
  const [, createdAtMs = '', id = ''] = CURSOR.exec(before ?? '') ?? []
  const found = await listCampaigns(tx, {
    limit: PAGE + 1,
    before: before === undefined ? undefined : { createdAtMs: Number(createdAtMs), id },
  })
  const page = found.slice(0, PAGE)
  const rows = await findRefundCampaigns(
    tx,
    page.map((one) => one.id),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const last = page.at(-1)
  return {
    campaigns: page.flatMap((progress) => {
      const row = byId.get(progress.id)
      return row ? [campaignView(progress, row)] : []
    }),
    next: found.length > PAGE && last ? `${last.createdAtMs}.${last.id}` : null,
  }
}

export async function showLedgerCampaign(tx: Tx, id: string) {
  const progress = await findCampaign(tx, id)
  const [row] = await findRefundCampaigns(tx, [id])
  if (!progress || !row) throw new AppError('not-found', { zh: '没有这个批量通知。' })
  return campaignView(progress, row)
}
