import { beforeEach, expect, test, vi } from 'vitest'
import { forget, recall, remember, storageKey } from './storage.ts'

const stored = new Map<string, unknown>()
const key = storageKey('test', (value): value is string => typeof value === 'string')

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('uni', {
    getStorageSync: (name: string) => stored.get(name) ?? '',
    setStorageSync: (name: string, value: unknown) => void stored.set(name, value),
    removeStorageSync: (name: string) => void stored.delete(name),
  })
})

test('gives back until the time is over, then removes', () => {
  remember(key, 'code', 1000, 5000)
  expect(recall(key, 5999)).toBe('code')
  expect(recall(key, 6000)).toBeUndefined()
  expect(stored.size).toBe(0)
})

test('forever is forever, until forgotten', () => {
  remember(key, 'x', 'forever', 0)
  expect(recall(key, Number.MAX_SAFE_INTEGER)).toBe('x')
  forget(key)
  expect(recall(key)).toBeUndefined()
})

test('a value of another type, or broken text, is no value', () => {
  stored.set(key.name, JSON.stringify({ value: 1, expiresAtMs: null }))
  expect(recall(key)).toBeUndefined()
  stored.set(key.name, '{"value":')
  expect(recall(key)).toBeUndefined()
  stored.set(key.name, JSON.stringify({ value: 'x', expiresAtMs: 'soon' }))
  expect(recall(key)).toBeUndefined()
})

test('where storage is forbidden the app goes on', () => {
  const refuse = () => {
    throw new Error('denied')
  }
  vi.stubGlobal('uni', { getStorageSync: refuse, setStorageSync: refuse, removeStorageSync: refuse })
  expect(remember(key, 'x', 'forever')).toBe(false)
  expect(recall(key)).toBeUndefined()
  expect(() => forget(key)).not.toThrow()
})
