import { expect, test } from 'vitest'
import { memoryTokenStore } from './token-store.ts'

const token = (name: string) => ({ token: name, expiresAtMs: 1 })

test('whoever comes second takes the fresh token instead of fetching', async () => {
  const store = memoryTokenStore()
  const fetched: string[] = []
  const fetchAs = (name: string) => async () => {
    fetched.push(name)
    return token(name)
  }
  const both = await Promise.all([
    store.refresh('k', undefined, fetchAs('a')),
    store.refresh('k', undefined, fetchAs('b')),
  ])
  expect(both).toEqual([token('a'), token('a')])
  expect(await store.refresh('k', 'older', fetchAs('c'))).toEqual(token('a'))
  expect(await store.refresh('k', 'a', fetchAs('d'))).toEqual(token('d'))
  expect(await store.read('k')).toEqual(token('d'))
  expect(await store.read('other')).toBeUndefined()
  expect(fetched).toEqual(['a', 'd'])
})

test('a failed fetch leaves the store as it was, and the next in the queue fetches itself', async () => {
  const store = memoryTokenStore()
  const [first, second] = await Promise.allSettled([
    store.refresh('k', undefined, async () => {
      throw new Error('down')
    }),
    store.refresh('k', undefined, async () => token('b')),
  ])
  expect(first.status).toBe('rejected')
  expect(second).toMatchObject({ status: 'fulfilled', value: token('b') })
})
