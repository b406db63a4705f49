import { memoryTokenStore, SECOND_MS, type TokenStore } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { createHealthCardClient } from './client.ts'
import { fakePlatform, MINI } from './testing/fake-platform.ts'

const scan = { qrCodeText: 'q' }
const ok = { rsp: { orderId: 'o' } }

test('many calls at once: the store is asked to refresh once', async () => {
  let refreshes = 0
  const memory = memoryTokenStore()
  const tokenStore: TokenStore = {
    read: memory.read,
    refresh: (...asked) => {
      refreshes += 1
      return memory.refresh(...asked)
    },
  }
  const platform = fakePlatform(() => ok, { tokenStore })
  await Promise.all(Array.from({ length: 50 }, () => platform.client.getOrderIdByOutAppId(scan, MINI)))
  expect([refreshes, platform.tokensIssued()]).toEqual([1, 1])
})

test('it is refreshed a minute before its end, counted by the injected clock', async () => {
  const { client, clock, tokensIssued } = fakePlatform(() => ok)
  await client.getAppToken()
  clock.advance(7_139 * SECOND_MS)
  await client.getAppToken()
  expect(tokensIssued()).toBe(1)
  clock.advance(SECOND_MS)
  await client.getAppToken()
  expect(tokensIssued()).toBe(2)
})

test('two processes that share a store and are refused at once fetch one new token, not two', async () => {
  let valid = 'token-1'
  const platform = fakePlatform(({ commonIn }) =>
    commonIn['appToken'] === valid ? ok : { resultCode: -1, errMsg: 'appToken无效或已过期' },
  )
  const processes = [platform.client, createHealthCardClient(platform.options)]
  await platform.client.getAppToken()
  valid = 'token-2'
  const answers = await Promise.all(
    processes.flatMap((client) => [1, 2, 3].map(() => client.getOrderIdByOutAppId(scan, MINI))),
  )
  expect(answers).toHaveLength(6)
  expect(platform.tokensIssued()).toBe(2)
})

test('the key of the store is appId and hospital, or by configuration the appId alone', async () => {
  const keys: string[] = []
  const tokenStore: TokenStore = {
    read: async (key) => {
      keys.push(key)
      return { token: 't', expiresAtMs: Number.MAX_SAFE_INTEGER }
    },
    refresh: () => Promise.reject(new Error('not asked')),
  }
  await fakePlatform(() => ok, { tokenStore }).client.getAppToken()
  await fakePlatform(() => ok, { tokenStore, config: { tokenPerHospital: false } }).client.getAppToken()
  expect(keys).toEqual(['app/90003', 'app'])
})

test('a call gives up at its own deadline; it was not sent, and the refresh is of use to the next one', async () => {
  const deadline = new AbortController()
  const memory = memoryTokenStore()
  const held = Promise.withResolvers<void>()
  const tokenStore: TokenStore = {
    read: memory.read,
    refresh: async (...asked) => {
      queueMicrotask(() => deadline.abort())
      await held.promise
      return memory.refresh(...asked)
    },
  }
  const platform = fakePlatform(() => ok, { tokenStore })
  const impatient = createHealthCardClient({ ...platform.options, startTimeout: () => deadline.signal })
  expect(await impatient.bindCardRelation({ patid: 'P', ...scan }, MINI)).toMatchObject({
    kind: 'no',
    code: 'transport',
    reason: 'no appToken: unknown timeout',
  })
  await expect(impatient.getOrderIdByOutAppId(scan, MINI)).rejects.toMatchObject({ kind: 'transport' })
  expect(platform.sent).toEqual([])
  held.resolve()
  expect((await platform.client.getAppToken()).token).toMatch(/^token-/)
})

test('a failure of the store itself is thrown as it is, before anything was sent', async () => {
  const broken: TokenStore = {
    read: () => Promise.reject(new Error('database down')),
    refresh: () => Promise.reject(new Error('database down')),
  }
  const { client, sent } = fakePlatform(() => ok, { tokenStore: broken })
  await expect(client.bindCardRelation({ patid: 'P', ...scan }, MINI)).rejects.toThrow('database down')
  expect(sent).toEqual([])
})
