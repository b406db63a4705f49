import type { ApiError } from '../../platform/api-error.ts'
import { refundTexts as texts } from '../../texts/refunds.ts'

/** A lost answer may have been a success: asking again with the same key is no second refund. */
export function refusalWords(error: ApiError | undefined, lost: string = texts.perhapsApplied): string {
  if (!error) return ''
  return error.happened === 'unknown' && error.code !== 'CANNOT_OPEN' ? lost : error.message
}
