import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { APP, fakeWechat } from '../testing/fake-wechat.ts'
import { createAccessTokens } from './create-access-tokens.ts'

const never = () => ({})

test('one token for many calls at once, asked for in normal mode', async () => {
  const { tokens, tokenCalls } = fakeWechat(never)
  const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get()))
  expect(new Set(got.map(({ token }) => token))).toEqual(new Set(['token-1']))
  expect(tokenCalls).toEqual([
    {
      path: '/cgi-bin/stable_token',
      token: null,
      body: {
        grant_type: 'client_credential',
        appid: APP.appid,
        secret: APP.secret,
        force_refresh: false,
      },
    },
  ])
})

test('two processes that share a store fetch one token between them, also when both are refused', async () => {
  const { tokens, options, tokenCalls } = fakeWechat(never)
  const other = createAccessTokens(options)
  const [one, two] = await Promise.all([tokens.get(), other.get()])
  expect([one.token, two.token, tokenCalls.length]).toEqual(['token-1', 'token-1', 1])
  const next = await Promise.all([
    ...[1, 2, 3].map(() => tokens.replaceRefused(one)),
    ...[1, 2, 3].map(() => other.replaceRefused(two)),
  ])
  expect(new Set(next.map(({ token }) => token))).toEqual(new Set(['token-2']))
  expect(tokenCalls).toHaveLength(2)
})

describe('the last five minutes', () => {
  test('the token is kept until then and refreshed in them', async () => {
    const { tokens, clock, tokenCalls } = fakeWechat(never)
    await tokens.get()
    clock.advance(7_200 * SECOND_MS - 5 * MINUTE_MS - 1)
    await tokens.get()
    expect(tokenCalls).toHaveLength(1)
    clock.advance(1)
    expect((await tokens.get()).token).toBe('token-2')
  })

  test('WeChat gives the same token again: it is asked again after half a minute, not at each call', async () => {
    const { tokens, clock, tokenCalls } = fakeWechat(never, {}, () => ({
      access_token: 'same',
      expires_in: 300,
    }))
    for (let calls = 0; calls < 5; calls++) await tokens.get()
    const before = tokenCalls.length
    expect(before).toBeLessThanOrEqual(2)
    clock.advance(30 * SECOND_MS)
    await tokens.get()
    await tokens.get()
    expect(tokenCalls).toHaveLength(before + 1)
  })

  test('WeChat is down: the old token serves until its end, then the error comes out', async () => {
    let up = true
    const { tokens, clock } = fakeWechat(never, {}, () =>
      up ? { access_token: 'old', expires_in: 7_200 } : new Response('', { status: 502 }),
    )
    await tokens.get()
    up = false
    clock.advance(7_199 * SECOND_MS)
    expect((await tokens.get()).token).toBe('old')
    clock.advance(SECOND_MS)
    await expect(tokens.get()).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'http-502',
      operation: 'getStableAccessToken',
    })
  })
})

test.each([
  [40013, 'refused'],
  [40125, 'refused'],
  [40164, 'refused'],
  [45009, 'refused'],
  [-1, 'unavailable'],
])('errcode %d: %s, and the secret is in no error', async (errcode, kind) => {
  const { tokens, tokenCalls } = fakeWechat(never, {}, () => ({ errcode, errmsg: `bad ${APP.secret}` }))
  const error = await tokens.get().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ kind, errcode })
  expect(JSON.stringify(error) + String(error)).not.toContain(APP.secret)
  // Asking again in normal mode harms nobody: done while busy.
  expect(tokenCalls).toHaveLength(errcode === -1 ? 3 : 1)
})

test.each([
  { access_token: '', expires_in: 7_200 },
  { access_token: 'a b', expires_in: 7_200 },
  { access_token: 'x'.repeat(2_049), expires_in: 7_200 },
  { access_token: 't', expires_in: 0 },
  { access_token: 't', expires_in: '7200' },
  { access_token: 't' },
  {},
])('an answer without a usable token is none: %j', async (answer) => {
  const { tokens } = fakeWechat(never, {}, () => answer)
  await expect(tokens.get()).rejects.toMatchObject({ kind: 'unavailable', code: 'malformed' })
})

test('a token of 512 characters is kept whole, and no life is longer than two hours', async () => {
  const long = 'x'.repeat(512)
  const { tokens, clock } = fakeWechat(never, {}, () => ({ access_token: long, expires_in: 10 ** 9 }))
  expect(await tokens.get()).toEqual({ token: long, expiresAtMs: clock.nowMs() + 7_200 * SECOND_MS })
})

test('a call gives up at its own deadline; the refresh goes on and is of use to the next one', async () => {
  const held = Promise.withResolvers<object>()
  const deadline = new AbortController()
  const { tokens } = fakeWechat(never, {}, () => {
    queueMicrotask(() => deadline.abort())
    return held.promise
  })
  await expect(tokens.get(deadline.signal)).rejects.toMatchObject({ kind: 'unavailable', code: 'timeout' })
  held.resolve({ access_token: 'late', expires_in: 7_200 })
  expect((await tokens.get()).token).toBe('late')
})

test('a failure of the store itself is thrown as it is', async () => {
  const down = () => Promise.reject(new Error('database down'))
  const { tokens } = fakeWechat(never, { store: { read: down, refresh: down } })
  await expect(tokens.get()).rejects.toThrow('database down')
})
