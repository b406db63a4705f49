import type { VisitOrder } from '../../api/visit-types.ts'
import { orderStateTags, visitTexts as texts } from '../../texts/visits.ts'
import { hourWords, momentWords } from '../../visitor/day-words.ts'
import { feeWords, whenWords } from './visit-words.ts'

export type OrderRow = {
  readonly id: string
  readonly title: string
  readonly lines: readonly string[]
  readonly tag: { readonly text: string; readonly kind: 'info' | 'warn' | 'bad' | 'ok' }
}

/** An order of this app in a list. */
export function orderRow({ id, title, visit, createdAt, feeFen, state, expiresAt }: VisitOrder): OrderRow {
  return {
    id,
    title,
    lines: [
      visit ? whenWords(visit) : momentWords(createdAt),
      state === 'to-pay' && expiresAt !== null ? texts.payBefore(hourWords(expiresAt)) : '',
      feeWords(feeFen),
    ].filter((line) => line !== ''),
    tag: orderStateTags[state],
  }
}
