/** Every refusal with its HTTP status and the text for the person who reads the log. */
export const REFUSALS = {
  'header-missing': { status: 400, zh: '缺少请求头' },
  'merchant-unknown': { status: 401, zh: '商户号不存在' },
  'timestamp-out-of-range': { status: 401, zh: '时间戳与平台相差超过 5 分钟' },
  'nonce-reused': { status: 401, zh: '随机串已经用过' },
  'signature-invalid': { status: 401, zh: '签名不对' },
  'digest-mismatch': { status: 400, zh: 'X-Content-Sha256 与正文不一致' },
  'day-invalid': { status: 400, zh: '日期应为 yyyy-MM-dd' },
  'day-not-over': { status: 409, zh: '这一天还没有结束，不能报送' },
  'day-closed': { status: 409, zh: '这一天已经关账，不能再替换' },
  'idempotency-key-reused': { status: 409, zh: '同一个幂等键报送了不同的内容' },
  'type-unsupported': { status: 415, zh: '正文应为 application/x-ndjson 或 text/csv' },
  'row-invalid': { status: 422, zh: '这一行不合格式' },
  'order-duplicated': { status: 422, zh: '同一天里单号重复' },
  'totals-missing': { status: 422, zh: '缺少这一类的合计行' },
  'totals-mismatch': { status: 422, zh: '合计与明细不一致' },
  'not-received': { status: 404, zh: '没有收到过这一天的账单' },
} as const

export type RefusalCode = keyof typeof REFUSALS

/** `row` counts the lines of the body from 1, a CSV header included. */
export class BillRefusal extends Error {
  readonly code: RefusalCode
  readonly row: number | undefined

  constructor(code: RefusalCode, detail?: string, row?: number) {
    super([REFUSALS[code].zh, detail].filter(Boolean).join('：'))
    this.code = code
    this.row = row
  }
}
