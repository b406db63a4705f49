import { expect, test } from 'vitest'
import { cleanFilters, describeFilters, type FilterField, readFilters } from './filters.ts'

const FIELDS: readonly FilterField[] = [
  { key: 'number', title: '单号', kind: 'text' },
  { key: 'outcome', title: '结果', kind: 'choice', options: [{ value: 'no', text: '对方拒绝' }] },
  { key: 'days', title: '日期', kind: 'days' },
]

test('only the own fields of an address are filters', () => {
  const query = { hospital: 'h1', number: 'R8', outcome: '', from: '2026-11-01', to: null, open: 'x' }
  expect(readFilters(FIELDS, query)).toEqual({ number: 'R8', from: '2026-11-01' })
})

test('spaces around a number and empty fields are dropped', () => {
  expect(cleanFilters({ number: ' R8 ', outcome: ' ', to: undefined })).toEqual({ number: 'R8' })
})

test('filters say in words what they look for', () => {
  expect(describeFilters(FIELDS, { number: 'R8', outcome: 'no', from: '2026-11-01' })).toBe(
    '单号 R8，结果 对方拒绝，2026-11-01 至 今天',
  )
  expect(describeFilters(FIELDS, {})).toBe('')
})
