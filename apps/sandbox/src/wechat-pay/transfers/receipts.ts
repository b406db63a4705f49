import { createHash } from 'node:crypto'
import { DAY_MS, formatShanghai, formatYuan, MINUTE_MS } from '@zhangyi/core'
import { z } from 'zod'
import { offerDownload } from '../bills/offer-download.ts'
import { MCHID } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import { type PayPlatform, rfc3339 } from '../platform.ts'
import { text } from '../requests/fields.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import { findTransfer } from './query-transfer.ts'
import type { Transfer } from './transfer.ts'
import { writePdf } from './write-pdf.ts'

const ASK_WITHIN_MS = 180 * DAY_MS
const DOWNLOAD_WITHIN_MS = 10 * MINUTE_MS

const byOwn = z.strictObject({ out_bill_no: text(32) })
const byWechat = z.strictObject({ transfer_bill_no: text(64) })

/** 申请电子回单: only for SUCCESS, with a name, within 180 days. Asking again finds the first application. */
export function askReceipt(platform: PayPlatform, { params, body }: PayRequest): object {
  const transfer =
    params['by'] === 'out-bill-no'
      ? findTransfer(platform, { outBillNo: parseInput(byOwn, body).out_bill_no })
      : findTransfer(platform, { transferBillNo: parseInput(byWechat, body).transfer_bill_no })
  if (!transfer) throw new PayRefusal('NOT_FOUND', '转账单据不存在')
  const nowMs = platform.clock.nowMs()
  const { state, userName, updatedMs, outBillNo } = transfer
  if (state !== 'SUCCESS' || userName === undefined || nowMs - updatedMs > ASK_WITHIN_MS)
    throw new PayRefusal('INVALID_REQUEST', '只能为 180 天内、传入了收款用户姓名且已成功的转账申请电子回单')
  const receipt = platform.receipts.get(outBillNo) ?? {
    ...{ outBillNo, askedMs: nowMs, readyMs: nowMs + platform.settings.receiptMs },
  }
  platform.receipts.set(outBillNo, receipt)
  return {
    state: receipt.readyMs <= nowMs ? 'FINISHED' : 'GENERATING',
    create_time: rfc3339(receipt.askedMs),
  }
}

/** 查询电子回单: with a fresh download address once it is FINISHED. */
export function queryReceipt(platform: PayPlatform, { params, mchid }: PayRequest): object {
  const { by, number = '' } = params
  const transfer = findTransfer(
    platform,
    by === 'out-bill-no' ? { outBillNo: number } : { transferBillNo: number },
  )
  const receipt = platform.receipts.get(transfer?.outBillNo ?? '')
  if (!transfer || !receipt) throw new PayRefusal('NOT_FOUND', '电子回单申请单不存在')
  const basics = {
    create_time: rfc3339(receipt.askedMs),
    update_time: rfc3339(Math.min(receipt.readyMs, platform.clock.nowMs())),
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
  }
  if (platform.clock.nowMs() < receipt.readyMs) return { state: 'GENERATING', ...basics }
  const bytes = receiptFile(transfer)
  const path = '/v3/transferbilldownload/elecvoucherfile'
  const download = { bytes, type: 'application/pdf', mchid }
  return {
    state: 'FINISHED',
    ...basics,
    hash_type: 'SHA256',
    hash_value: createHash('sha256').update(bytes).digest('hex'),
    download_url: offerDownload(platform, path, download, DOWNLOAD_WITHIN_MS),
  }
}

function receiptFile(transfer: Transfer): Buffer {
  return writePdf([
    '微信支付转账电子回单（沙箱模拟，无任何效力）',
    `付款商户号：${MCHID}`,
    `收款人：${transfer.userName}`,
    `金额：${formatYuan(transfer.amountFen)} 元`,
    `转账备注：${transfer.remark}`,
    `商户单号：${transfer.outBillNo}`,
    `微信转账单号：${transfer.transferBillNo}`,
    `完成时间：${formatShanghai(transfer.updatedMs)}`,
  ])
}
