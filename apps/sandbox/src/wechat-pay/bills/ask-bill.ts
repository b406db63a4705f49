import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { DAY_MS, HOUR_MS, isRealDate, shanghaiMidnight } from '@zhangyi/core'
import { z } from 'zod'
import { PayRefusal } from '../errors.ts'
import type { PayPlatform } from '../platform.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import { fundFlowBill } from './fund-flow-bill.ts'
import { offerDownload } from './offer-download.ts'
import { tradeBill } from './trade-bill.ts'
import { type BillTable, writeBillFile } from './write-bill-file.ts'

/** Bills of a day are made from 09:00 of the next. */
const READY_AFTER_MS = 9 * HOUR_MS
const KEPT_MS = 92 * DAY_MS

const common = {
  bill_date: z.string().refine(isRealDate, '须为 yyyy-MM-dd'),
  tar_type: z.literal('GZIP', '只支持 GZIP').optional(),
}
const tradeSchema = z.object({ ...common, bill_type: z.enum(['ALL', 'SUCCESS', 'REFUND']).default('ALL') })
const fundSchema = z.object({
  ...common,
  account_type: z.enum(['BASIC', 'OPERATION', 'FEES']).default('BASIC'),
})

/** 申请交易账单. */
export function askTradeBill(platform: PayPlatform, { query, mchid }: PayRequest): object {
  const wish = parseInput(tradeSchema, query, 'query')
  const [startMs, endMs] = dayOf(platform, wish.bill_date, 'trade-bill')
  return offer(platform, tradeBill(platform, wish.bill_type, startMs, endMs), {
    ...{ operation: 'trade-bill', gzip: wish.tar_type !== undefined, mchid },
  })
}

/** 申请资金账单. */
export function askFundFlowBill(platform: PayPlatform, { query, mchid }: PayRequest): object {
  const wish = parseInput(fundSchema, query, 'query')
  const [startMs, endMs] = dayOf(platform, wish.bill_date, 'fund-flow-bill')
  return offer(platform, fundFlowBill(platform, wish.account_type, startMs, endMs), {
    ...{ operation: 'fund-flow-bill', gzip: wish.tar_type !== undefined, mchid },
  })
}

function dayOf(platform: PayPlatform, day: string, operation: string): readonly [number, number] {
  const startMs = shanghaiMidnight(day)
  const endMs = startMs + DAY_MS
  const nowMs = platform.clock.nowMs()
  if (nowMs < endMs) throw new PayRefusal('INVALID_REQUEST', '账单日期须早于今天')
  if (nowMs - endMs > KEPT_MS) throw new PayRefusal('INVALID_REQUEST', '只能下载三个月内的账单')
  if (nowMs < endMs + READY_AFTER_MS || platform.faults.take('bill-not-ready', operation))
    throw new PayRefusal('STATEMENT_CREATING', '账单生成中，请稍后再试')
  return [startMs, endMs]
}

interface Offer {
  readonly operation: string
  readonly gzip: boolean
  readonly mchid: string
}

function offer(
  platform: PayPlatform,
  table: BillTable | undefined,
  { operation, gzip, mchid }: Offer,
): object {
  if (!table) throw new PayRefusal('NO_STATEMENT_EXIST', '账单文件不存在，该日没有交易或资金变动')
  const { faults, settings } = platform
  const plain = writeBillFile(faults.take('bill-wrong-totals', operation) ? withWrongTotals(table) : table)
  const whole = gzip ? gzipSync(plain) : plain
  const bytes = faults.take('bill-truncated', operation) ? whole.subarray(0, whole.length >> 1) : whole
  // The hash is of the file before compression.
  const hashed = faults.take('bill-wrong-hash', operation) ? Buffer.concat([plain, plain]) : plain
  const type = gzip ? 'application/x-gzip' : 'text/plain; charset=utf-8'
  return {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(hashed).digest('hex'),
    download_url: offerDownload(
      platform,
      '/v3/billdownload/file',
      { bytes, type, mchid },
      settings.billTokenMs,
    ),
  }
}

/** The hash is right, only the control totals do not belong to the rows. */
function withWrongTotals(table: BillTable): BillTable {
  return {
    ...table,
    summary: table.summary.map((cell, index) => (index === 0 ? `${Number(cell) + 1}` : cell)),
  }
}
