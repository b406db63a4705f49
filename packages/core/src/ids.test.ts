import { describe, expect, test } from 'vitest'
import { hospitalId, newId, newRequestId, newTraceId } from './ids.ts'

test('ids are fresh and of their form', () => {
  expect(newId('flow')).toMatch(/^flow_[0-9a-f]{32}$/)
  expect(newRequestId()).toMatch(/^[0-9A-F]{32}$/)
  const many = Array.from({ length: 1_000 }, () => newId('x'))
  expect(new Set(many).size).toBe(many.length)
})

test('a trace number can be read out: no letter that looks like a digit', () => {
  for (let count = 0; count < 200; count++)
    expect(newTraceId()).toMatch(/^ZY-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/)
})

describe('hospital ids', () => {
  test.each(['a', '9', 'demo', 'first-people-s-2', 'a'.repeat(40)])('%s is one', (text) => {
    expect(hospitalId(text)).toBe(text)
  })

  // The text goes into a SET LOCAL statement, so what is refused here is what keeps that statement whole.
  test.each(['', '-a', 'A', 'a_b', 'a b', "a'b", "a'; DROP TABLE x; --", 'a\n', 'ä', '医院', 'a'.repeat(41)])(
    '「%s」 is none',
    (text) => {
      expect(() => hospitalId(text)).toThrow('hospital id must be')
    },
  )
})
