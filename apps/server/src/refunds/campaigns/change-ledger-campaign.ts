import { assertNever } from '@zhangyi/core'
import { type CampaignChange, type NoticesParts, pauseCampaign, runCampaign } from '../../notices/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { findRefundCampaigns } from './campaign-row.ts'

/** Starts or resumes it. Not before all are gathered: who comes later would find it done. */
export async function runLedgerCampaign(tx: Tx, room: NoticesParts, id: string, by: string): Promise<void> {
  const [row] = await findRefundCampaigns(tx, [id])
  if (row?.state === 'gathering')
    throw new AppError('refund-refused', { zh: '名单还在从台账里整理，请稍后再开始。' })
  requireChanged(row ? await runCampaign(tx, room, id, by) : 'no-such-campaign')
}

export async function pauseLedgerCampaign(tx: Tx, room: NoticesParts, id: string, by: string): Promise<void> {
  const [row] = await findRefundCampaigns(tx, [id])
  requireChanged(row ? await pauseCampaign(tx, room, id, by) : 'no-such-campaign')
}

function requireChanged(change: CampaignChange): void {
  switch (change) {
    case 'changed':
      return
    case 'no-such-campaign':
      throw new AppError('not-found', { zh: '没有这个批量通知。' })
    case 'not-in-that-state':
      throw new AppError('refund-refused', { zh: '它已经不在那个状态，请刷新后再看。' })
    case 'no-channel':
      throw new AppError('refund-refused', {
        zh: '没有可以发送余额提醒的渠道，请先在医院配置的 notices 里设置。',
      })
    default:
      assertNever(change)
  }
}
