import type { RefundedWay } from './tables.ts'

const WAY_WORDS: Readonly<Record<RefundedWay, string>> = {
  original: '原路退回',
  transfer: '商家转账',
  offline: '线下付款',
  window: '窗口付讫',
}

export function wayWord(way: RefundedWay): string {
  return WAY_WORDS[way] ?? way
}

/** By the names of the notices room's channels; what a person told of otherwise stands as it was written. */
const TOLD_WORDS: ReadonlyMap<string, string> = new Map([
  ['assistant', '就医助手'],
  ['template', '公众号模板消息'],
  ['subscribe', '小程序订阅消息'],
  ['sms', '短信'],
  ['phone', '电话'],
])

export function toldWord(how: string | null): string | null {
  return how === null ? null : (TOLD_WORDS.get(how) ?? how)
}

interface Standing {
  readonly clearedAtMs: number | null
  readonly refundedFen: number
  readonly elsewhereFen: number
  readonly toldAtMs: number | null
}

/** How an archive stands, in a word. */
export function stateOfBalance({ clearedAtMs, refundedFen, elsewhereFen, toldAtMs }: Standing): string {
  if (clearedAtMs === null) {
    if (refundedFen > 0) return '部分退款'
    return toldAtMs === null ? '未告知' : '已告知'
  }
  if (refundedFen === 0) return '其他方式结清'
  return elsewhereFen === 0 ? '已退款' : '部分退款，其余其他方式结清'
}
