import { expect, test } from 'vitest'
import { sameText } from './same-text.ts'

test('a signature of as many characters but more bytes is another text, not an error', () => {
  expect(sameText('é'.repeat(64), 'a'.repeat(64))).toBe(false)
  expect(sameText('a', 'ab')).toBe(false)
  expect(sameText('摘要', '摘要')).toBe(true)
})
