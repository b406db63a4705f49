import { formatShanghai } from '@zhangyi/core'

export function greeting(nowMs = Date.now()): string {
  const hour = Number(formatShanghai(nowMs).slice(11, 13))
  if (hour < 5) return '夜深了'
  if (hour < 11) return '早上好'
  if (hour < 13) return '中午好'
  return hour < 18 ? '下午好' : '晚上好'
}
