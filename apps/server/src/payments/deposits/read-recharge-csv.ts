import { FenError, formatShanghai, parseYuan } from '@zhangyi/core'
import type { RechargeRow } from './import-recharges.ts'

const MAX_LINES = 500_000
const HEADER = ['商户订单号', '微信订单号', '商户号', '用户标识', '付款金额(元)', '已退金额(元)', '付款时间']
const ENGLISH = ['out_trade_no', 'transaction_id', 'mchid', 'openid', 'paid', 'refunded', 'paid_at']

export interface CsvProblem {
  readonly line: number
  /** In Chinese. */
  readonly reason: string
}

/**
 * The recharges of a table, in yuan and in the time of Shanghai. A line that cannot be read exactly is a problem with its
 * number, and the others are read all the same. No cell holds a line break.
 */
export function readRechargeCsv(text: string): {
  readonly rows: readonly RechargeRow[]
  readonly problems: readonly CsvProblem[]
} {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const header = cellsOf(lines[0] ?? '')
  if (!header || (!isHeader(header, HEADER) && !isHeader(header, ENGLISH)))
    return { rows: [], problems: [{ line: 1, reason: `第一行须是表头：${HEADER.join(',')}` }] }
  if (lines.length > MAX_LINES)
    return { rows: [], problems: [{ line: MAX_LINES, reason: `最多 ${MAX_LINES} 行，请分几次导入` }] }
  const rows: RechargeRow[] = []
  const problems: CsvProblem[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    const read = rowOf(line, index + 1)
    if (typeof read === 'string') problems.push({ line: index + 1, reason: read })
    else rows.push(read)
  }
  return { rows, problems }
}

function isHeader(cells: readonly string[], names: readonly string[]): boolean {
  return cells.length === names.length && names.every((name, place) => cells[place] === name)
}

/** The row, or what is wrong with it. */
function rowOf(text: string, line: number): RechargeRow | string {
  const cells = cellsOf(text)
  if (!cells) return '引号没有成对'
  if (cells.length !== HEADER.length) return `须有 ${HEADER.length} 列，这一行有 ${cells.length} 列`
  const [outTradeNo, transactionId, mchid, openid, paid, refunded, time] = cells as unknown as Seven
  const paidFen = yuan(paid)
  if (paidFen === undefined) return '付款金额须是元，最多两位小数，如 100.00'
  const refundedFen = yuan(refunded)
  if (refundedFen === undefined) return '已退金额须是元，最多两位小数，没有退过写 0'
  const paidAtMs = timeOf(time)
  if (paidAtMs === undefined) return '付款时间须是北京时间，如 2026-03-01 09:30:00'
  const person = openid === '' ? {} : { openid }
  return { outTradeNo, transactionId, mchid, ...person, paidFen, refundedFen, paidAtMs, line }
}

type Seven = [string, string, string, string, string, string, string]

/** Exact: no floating point, no thousands separators, nothing rounded. */
function yuan(text: string) {
  try {
    return parseYuan(text)
  } catch (error) {
    if (!(error instanceof FenError)) throw error
    return undefined
  }
}

function timeOf(text: string): number | undefined {
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  // Written back it must be the same: 30 February becomes another day.
  return Number.isNaN(ms) || formatShanghai(ms) !== text ? undefined : ms
}

/** Cells between commas, quoted or not; undefined where a quote does not end. */
function cellsOf(line: string): readonly string[] | undefined {
  const cells: string[] = []
  const cell = /(?:\s*"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/gy
  while (cell.lastIndex <= line.length) {
    const match = cell.exec(line)
    if (!match) return undefined
    // A bill puts a backtick, a spreadsheet a tab before a long number, so that it stays one.
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').replace(/^[`\t]+/, '').trim())
    if (match[3] === '') return cells
  }
  return cells
}
