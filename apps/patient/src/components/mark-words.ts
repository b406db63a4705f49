import type { Indicator } from '../api/record-types.ts'
import { recordTexts as texts } from '../texts/records.ts'

export type MarkView = {
  readonly abnormal: boolean
  /** 「偏高」; empty where nothing is known. */
  readonly words: string
  /** 「↑」, 「↓」 or empty; the words say the same. */
  readonly arrow: string
  readonly kind: 'ok' | 'warn' | 'bad' | 'info'
}

const ARROWS = /[↑↓]/g

/** How a value stands: in words, as an arrow and as a colour. The gateway's own words come first. */
export function markOf({ mark, markText }: Pick<Indicator, 'mark' | 'markText'>): MarkView {
  const said = markText.replace(ARROWS, '').trim()
  const arrow = markText.match(ARROWS)?.[0] ?? ''
  switch (mark) {
    case 'normal':
      return { abnormal: false, words: said || texts.normal, arrow, kind: 'ok' }
    case 'unmarked':
      return { abnormal: false, words: said, arrow, kind: 'info' }
    case 'low':
      return { abnormal: true, words: said || texts.low, arrow: arrow || '↓', kind: 'warn' }
    case 'high':
      return { abnormal: true, words: said || texts.high, arrow: arrow || '↑', kind: 'bad' }
    case 'critical':
      return { abnormal: true, words: said || texts.critical, arrow, kind: 'bad' }
    case 'abnormal':
      return { abnormal: true, words: said || texts.abnormalValue, arrow, kind: 'bad' }
  }
}
