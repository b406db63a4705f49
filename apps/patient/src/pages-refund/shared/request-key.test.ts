import { beforeEach, expect, test } from 'vitest'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { requestKeys } from './request-key.ts'

beforeEach(() => void fakeUni())

test('the same wish has the same key until an answer is known, also after a reload', () => {
  const first = requestKeys('original')
  const key = first.keyFor({ order: 1, fen: 100 })
  expect(first.keyFor({ order: 1, fen: 100 })).toBe(key)
  expect(requestKeys('original').keyFor({ order: 1, fen: 100 })).toBe(key)
  expect(requestKeys('face').keyFor({ order: 1, fen: 100 })).not.toBe(key)
})

test('another amount, or the same again after an answer, is another wish', () => {
  const keys = requestKeys('original')
  const key = keys.keyFor({ fen: 100 })
  expect(keys.keyFor({ fen: 200 })).not.toBe(key)
  const second = keys.keyFor({ fen: 100 })
  keys.done()
  expect(keys.keyFor({ fen: 100 })).not.toBe(second)
  expect(second).toMatch(/^[a-z0-9]{12,64}$/)
})
