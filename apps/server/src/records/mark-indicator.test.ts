import { expect, test } from 'vitest'
import { isAbnormal, markIndicator, markText } from './mark-indicator.ts'

const mark = (
  value: string,
  referenceRange?: string,
  flag?: 'low' | 'normal' | 'high' | 'abnormal' | 'critical',
) => markIndicator({ value, unit: undefined, referenceRange, flag })

test.each([
  ['9.6', '3.5-9.5', 'high'],
  ['9.5', '3.5-9.5', 'normal'],
  ['3.4', '3.5-9.5', 'low'],
  ['5.2', '<5.2', 'high'],
  ['5.0', '≤5.0', 'normal'],
  ['40', '>40', 'low'],
  ['4.0', '0-3.37', 'high'],
])('without a word of the HIS, %s against %s is %s', (value, range, expected) => {
  expect(mark(value, range)).toMatchObject({ mark: expected, contradicted: false })
})

test.each([
  ['<0.01', '0-3.37'],
  ['阳性(+)', '阴性(-)'],
  ['5.6', '见备注'],
  ['5.6', undefined],
])('%s against %s stays unmarked', (value, range) => {
  expect(mark(value, range).mark).toBe('unmarked')
})

test('the HIS is believed against the numbers, and the contradiction is told', () => {
  expect(mark('9.6', '3.5-9.5', 'normal')).toMatchObject({ mark: 'normal', contradicted: true })
  expect(mark('5', '3.5-9.5', 'critical')).toMatchObject({ mark: 'critical', contradicted: true })
  expect(mark('20', '3.5-9.5', 'critical')).toMatchObject({ mark: 'critical', contradicted: false })
  expect(mark('9.6', '3.5-9.5', 'high').contradicted).toBe(false)
  expect(mark('阳性(+)', '阴性(-)', 'abnormal')).toMatchObject({ mark: 'abnormal', contradicted: false })
})

test('every abnormal mark has words', () => {
  expect((['low', 'high', 'abnormal', 'critical'] as const).map(markText)).toEqual([
    '偏低 ↓',
    '偏高 ↑',
    '异常',
    '危急值',
  ])
  for (const one of ['normal', 'unmarked'] as const)
    expect([markText(one), isAbnormal(one)]).toEqual(['', false])
})
