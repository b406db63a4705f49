import type { Indicator } from '@zhangyi/his'
import type { Cipher } from '../platform/crypto/cipher.ts'
import { indicatorId } from './indicator-id.ts'
import type { Explanation } from './indicators/explain-indicator.ts'
import { type Marked, markText } from './mark-indicator.ts'
import type { RecordDetail } from './record-views.ts'

/** An indicator with its mark in words and our own explanation, which says what it is and never what one has. */
export function viewIndicator(
  cipher: Cipher,
  indicator: Indicator,
  { mark, number, range }: Marked,
  explanation: Explanation | null,
  reportTitle: string,
): RecordDetail['indicators'][number] {
  const { name, value, unit, referenceRange } = indicator
  const bounds = number === undefined ? undefined : range
  return {
    id: indicatorId(cipher, indicator, reportTitle),
    name,
    value,
    unit: unit ?? null,
    referenceRange: referenceRange ?? null,
    mark,
    markText: markText(mark),
    number: number ?? null,
    low: bounds?.low?.value ?? null,
    high: bounds?.high?.value ?? null,
    explanation,
  }
}
