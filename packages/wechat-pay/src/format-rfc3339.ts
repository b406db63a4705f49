import { formatShanghai } from '@zhangyi/core'

/** ms since 1970 → `2026-11-23T09:00:00+08:00`. */
export function formatRfc3339(ms: number): string {
  return `${formatShanghai(ms).replace(' ', 'T')}+08:00`
}
