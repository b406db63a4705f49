import { memoryTokenStore, SECOND_MS, type TokenStore } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { fakeWechat } from '../testing/fake-wechat.ts'

const never = () => ({})

describe('a leaked token', () => {
  test('is replaced by force, and the second time is told', async () => {
    const { tokens, tokenCalls, clock } = fakeWechat(never)
    await tokens.get()
    expect(await tokens.replaceLeaked()).toEqual({
      kind: 'yes',
      value: { repeatNotBeforeMs: clock.nowMs() + 30 * SECOND_MS },
    })
    expect(tokenCalls.map(({ body }) => body['force_refresh'])).toEqual([false, true])
    expect((await tokens.get()).token).toBe('token-2')
  })

  test('a lost reply is unknown, a refusal is no; neither is repeated', async () => {
    const replies = [new Response('', { status: 500 }), Response.json({ errcode: 45009 })]
    const { tokens, tokenCalls } = fakeWechat(never, {}, () => replies.shift() ?? {})
    expect(await tokens.replaceLeaked()).toEqual({ kind: 'unknown', cause: 'http-500' })
    expect(await tokens.replaceLeaked()).toMatchObject({ kind: 'no', code: '45009' })
    expect(tokenCalls).toHaveLength(2)
  })

  test('the same token again is no replacement', async () => {
    const { tokens } = fakeWechat(never, {}, () => ({ access_token: 'same', expires_in: 7_200 }))
    await tokens.get()
    expect(await tokens.replaceLeaked()).toMatchObject({ kind: 'no', code: 'same-token' })
  })

  test('another process refreshes meanwhile: ours is made all the same', async () => {
    const memory = memoryTokenStore()
    let interfere = true
    const store: TokenStore = {
      read: async (key) => {
        const seen = await memory.read(key)
        if (interfere)
          await memory.refresh(key, seen?.token, async () => ({ token: 'theirs', expiresAtMs: 2e12 }))
        interfere = false
        return seen
      },
      refresh: memory.refresh,
    }
    const { tokens, tokenCalls } = fakeWechat(never, { store })
    expect((await tokens.replaceLeaked()).kind).toBe('yes')
    expect(tokenCalls.map(({ body }) => body['force_refresh'])).toEqual([true])
  })
})
