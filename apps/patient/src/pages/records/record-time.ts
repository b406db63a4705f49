import { formatShanghai } from '@zhangyi/core'
import type { RecordKind } from '../../api/purposes.ts'

/** An instant of the gateway as people in China read it: a day for what belongs to a day, else with the time. */
export function recordTime(kind: RecordKind, instant: string): string {
  const ms = Date.parse(instant)
  // A HIS is not always tidy; a wrong date must not take the report away.
  if (Number.isNaN(ms)) return instant
  return formatShanghai(ms).slice(0, kind === 'inpatient-day' ? 10 : 16)
}
