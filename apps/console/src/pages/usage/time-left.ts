import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'

/** `7 小时 5 分`; undefined when nothing is left. */
export function timeLeft(leftMs: number): string | undefined {
  if (leftMs <= 0) return undefined
  const hours = Math.floor(leftMs / HOUR_MS)
  const minutes = Math.floor((leftMs % HOUR_MS) / MINUTE_MS)
  if (hours === 0) return minutes === 0 ? '不到 1 分钟' : `${minutes} 分钟`
  return minutes === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes} 分`
}
