import { DAY_MS, HOUR_MS, MINUTE_MS, startOfShanghaiDay } from '@zhangyi/core'
import type { NoticesConfig } from '../../platform/hospitals/notices-config.ts'

/** Now while the hours are open, otherwise when they open next (Asia/Shanghai). */
export function openingMs(
  nowMs: number,
  { from, to }: Pick<NoticesConfig['campaigns'], 'from' | 'to'>,
): number {
  const dayMs = startOfShanghaiDay(nowMs)
  const opensMs = dayMs + timeMs(from)
  if (nowMs < opensMs) return opensMs
  return nowMs < dayMs + timeMs(to) ? nowMs : opensMs + DAY_MS
}

function timeMs(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':')
  return Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS
}
