import { ManualClock, memoryTokenStore, type StoredToken, type TokenStore } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { brieflyKept, TokenStoreError } from './briefly-kept.ts'

const token = (name: string): StoredToken => ({ token: name, expiresAtMs: 1 })

function counted(store: TokenStore) {
  let reads = 0
  return {
    reads: () => reads,
    store: {
      ...store,
      read: (key: string) => {
        reads++
        return store.read(key)
      },
    } satisfies TokenStore,
  }
}

test('reads the store once in its time, however often it is asked, and each key by itself', async () => {
  const inner = memoryTokenStore()
  await inner.refresh('a', undefined, async () => token('a-1'))
  const clock = new ManualClock()
  const { store, reads } = counted(inner)
  const kept = brieflyKept(store, clock, 1_000)
  for (let asked = 0; asked < 5; asked++) expect(await kept.read('a')).toEqual(token('a-1'))
  expect(await kept.read('b')).toBeUndefined()
  expect(reads()).toBe(2)
  clock.advance(1_000)
  await kept.read('a')
  expect(reads()).toBe(3)
  clock.advance(-3_600_000)
  await kept.read('a')
  expect(reads(), 'a clock that was put back').toBe(4)
})

test('what it refreshed itself it knows at once; what another process refreshed after its time', async () => {
  const shared = memoryTokenStore()
  const clock = new ManualClock()
  const ours = brieflyKept(shared, clock, 1_000)
  const theirs = brieflyKept(shared, clock, 1_000)
  await ours.refresh('a', undefined, async () => token('first'))
  expect(await theirs.read('a')).toEqual(token('first'))
  await ours.refresh('a', 'first', async () => token('second'))
  expect(await ours.read('a')).toEqual(token('second'))
  expect(await theirs.read('a')).toEqual(token('first'))
  expect(await theirs.refresh('a', 'first', async () => token('third'))).toEqual(token('second'))
  expect(await theirs.read('a')).toEqual(token('second'))
})

test('bug: a thousand that ask at the same moment are one read', async () => {
  const { store, reads } = counted(memoryTokenStore())
  const kept = brieflyKept(store, new ManualClock(), 1_000)
  await Promise.all(Array.from({ length: 1_000 }, () => kept.read('a')))
  expect(reads()).toBe(1)
})

test('bug: a slow read of the old token does not hide the one that came meanwhile', async () => {
  const inner = memoryTokenStore()
  let answer: (old: StoredToken) => void = () => {}
  const slow: TokenStore = { ...inner, read: () => new Promise((resolve) => (answer = resolve)) }
  const kept = brieflyKept(slow, new ManualClock(), 1_000)
  const reading = kept.read('a')
  await kept.refresh('a', 'old', async () => token('new'))
  answer(token('old'))
  await reading
  expect(await kept.read('a')).toEqual(token('new'))
})

test('a store that fails says so; what the platform said passes through as it is', async () => {
  const down: TokenStore = {
    read: async () => Promise.reject(new Error('no database')),
    refresh: async (_key, _seen, fetchNew) => {
      await fetchNew()
      throw new Error('no database')
    },
  }
  const kept = brieflyKept(down, new ManualClock(), 1_000)
  await expect(kept.read('a')).rejects.toThrow(TokenStoreError)
  await expect(kept.refresh('a', undefined, async () => token('new'))).rejects.toThrow(TokenStoreError)
  const refused = async () => Promise.reject(new Error('wrong secret'))
  await expect(kept.refresh('a', undefined, refused)).rejects.toThrow('wrong secret')
})

test('a read that failed is not kept', async () => {
  const inner = memoryTokenStore()
  let down = true
  const kept = brieflyKept(
    { ...inner, read: async (key) => (down ? Promise.reject(new Error('down')) : inner.read(key)) },
    ...([new ManualClock(), 1_000] as const),
  )
  await expect(kept.read('a')).rejects.toThrow('the token store failed')
  down = false
  expect(await kept.read('a')).toBeUndefined()
})
