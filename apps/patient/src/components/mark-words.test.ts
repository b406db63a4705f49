import { expect, test } from 'vitest'
import { markOf } from './mark-words.ts'

test.each([
  ['high', '偏高 ↑', { abnormal: true, words: '偏高', arrow: '↑', kind: 'bad' }],
  ['low', '偏低 ↓', { abnormal: true, words: '偏低', arrow: '↓', kind: 'warn' }],
  ['critical', '危急值', { abnormal: true, words: '危急值', arrow: '', kind: 'bad' }],
  ['abnormal', '', { abnormal: true, words: '异常', arrow: '', kind: 'bad' }],
  ['normal', '', { abnormal: false, words: '正常', arrow: '', kind: 'ok' }],
  ['unmarked', '', { abnormal: false, words: '', arrow: '', kind: 'info' }],
] as const)(
  '%s %s: words as well as a colour, and nothing said about what is not marked',
  (mark, markText, view) => {
    expect(markOf({ mark, markText })).toEqual(view)
  },
)
