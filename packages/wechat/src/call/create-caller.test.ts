import { unknown, yes } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { APP, fakeWechat } from '../testing/fake-wechat.ts'
import type { Call } from './attempt-call.ts'
import { TOKEN_ERRCODES } from './create-caller.ts'

const OPENID = 'oFAKE_openid-0123456789abcdef'
const NAME = '李明华'
const call: Omit<Call<{ readonly id: unknown }>, 'appid'> = {
  operation: 'doSomething',
  path: '/do/something',
  body: { openid: OPENID, name: NAME },
  interpret: ({ members }) =>
    members['id'] === undefined ? unknown('malformed') : yes({ id: members['id'] }),
}

test('the body is JSON, the token is in the address and nowhere else', async () => {
  const { caller, sent } = fakeWechat(() => ({ errcode: 0, errmsg: 'ok', id: 7 }))
  expect(await caller.change(call)).toEqual({ kind: 'yes', value: { id: 7 } })
  expect(sent).toEqual([{ path: '/do/something', token: 'token-1', body: call.body }])
})

describe.each(TOKEN_ERRCODES)('errcode %d', (errcode) => {
  test.each(['change', 'read'] as const)('a %s is made once more with a token fetched again', async (way) => {
    let refusals = 1
    const { caller, sent, tokenCalls } = fakeWechat(() => (refusals-- > 0 ? { errcode } : { id: 1 }))
    await expect(caller[way](call)).resolves.toBeTruthy()
    expect(sent.map(({ token }) => token)).toEqual(['token-1', 'token-2'])
    expect(tokenCalls.map(({ body }) => body['force_refresh'])).toEqual([false, false])
  })

  test('refused a second time, that is the answer', async () => {
    const { caller, sent } = fakeWechat(() => ({ errcode }))
    expect(await caller.change(call)).toMatchObject({ kind: 'no', code: String(errcode) })
    expect(sent).toHaveLength(2)
    await expect(caller.read(call)).rejects.toMatchObject({ kind: 'refused', errcode })
  })

  test('without another token the first refusal stands', async () => {
    let first = true
    const { caller } = fakeWechat(
      () => ({ errcode }),
      {},
      () => {
        const issued = first ? { access_token: 't', expires_in: 7_200 } : { errcode: 40125 }
        first = false
        return issued
      },
    )
    expect(await caller.change(call)).toMatchObject({ kind: 'no', code: String(errcode) })
  })
})

test.each([
  ['another errcode', { errcode: 45009 }, 'no'],
  ['busy', { errcode: -1 }, 'unknown'],
  ['another negative errcode', { errcode: -1000 }, 'unknown'],
  ['an errcode that is a text', { errcode: '0', id: 1 }, 'unknown'],
  ['an errcode that is null', { errcode: null, id: 1 }, 'unknown'],
  ['a reply without what was asked', { errcode: 0 }, 'unknown'],
  ['a 500', new Response('{"errcode":0,"id":1}', { status: 500 }), 'unknown'],
  ['a 201', new Response('{"errcode":0,"id":1}', { status: 201 }), 'unknown'],
  ['a page', new Response('<html>'), 'unknown'],
  ['a list', Response.json([]), 'unknown'],
  ['GBK', new Response(Buffer.from('7b226964223ad5c5c8fd7d', 'hex')), 'unknown'],
  ['a picture', new Response('x', { headers: { 'content-type': 'image/jpeg' } }), 'unknown'],
])('a change that gets %s is %3$s, and is not repeated', async (_, answer, kind) => {
  const { caller, sent } = fakeWechat(() => answer)
  expect((await caller.change(call)).kind).toBe(kind)
  expect(sent).toHaveLength(1)
})

test('a read is repeated while WeChat is busy, three times in all', async () => {
  const waited: number[] = []
  const wait = async (ms: number) => void waited.push(ms)
  let busy = 2
  const { caller, sent } = fakeWechat(() => (busy-- > 0 ? { errcode: -1 } : { id: 1 }), { wait })
  expect(await caller.read(call)).toEqual({ id: 1 })
  expect([sent.length, waited]).toEqual([3, [200, 600]])
  busy = 99
  await expect(caller.read(call)).rejects.toMatchObject({ kind: 'unavailable', errcode: -1 })
  expect(sent).toHaveLength(6)
})

test('a connection that was never made is no, one that broke is unknown', async () => {
  const failing = (cause: object) => () => {
    throw Object.assign(new TypeError('fetch failed https://x/?access_token=token-1'), { cause })
  }
  const never = fakeWechat(failing({ code: 'ECONNREFUSED', syscall: 'connect' }))
  expect(await never.caller.change(call)).toMatchObject({ kind: 'no', code: 'transport' })
  await expect(never.caller.read(call)).rejects.toMatchObject({ kind: 'unavailable', code: 'transport' })
  const broken = fakeWechat(failing({ code: 'ECONNRESET', syscall: 'read' }))
  expect(await broken.caller.change(call)).toEqual({ kind: 'unknown', cause: 'ECONNRESET' })
})

test('the deadline ends a call whose reply does not come', async () => {
  const deadline = new AbortController()
  const answer = () => {
    queueMicrotask(() => deadline.abort())
    return new Promise<object>(() => {})
  }
  const first = fakeWechat(() => ({ id: 1 }))
  const store = first.options.store
  await first.tokens.get()
  const { caller } = fakeWechat(answer, { store, startTimeout: () => deadline.signal })
  expect(await caller.change(call)).toEqual({ kind: 'unknown', cause: 'timeout' })
})

test('without a token nothing is sent, and that says nothing about the person', async () => {
  const { caller, sent } = fakeWechat(
    () => ({ id: 1 }),
    {},
    () => ({ errcode: 40164 }),
  )
  expect(await caller.change(call)).toEqual({
    kind: 'no',
    code: 'transport',
    reason: 'no access token: refused 40164',
  })
  expect(sent).toEqual([])
})

test('limits: a body beyond 64 KiB is not sent, a reply beyond 4 MiB is not read', async () => {
  const { caller, sent } = fakeWechat(() => new Response(' '.repeat(4 * 1024 * 1024 + 1)))
  const large = { ...call, body: { text: '字'.repeat(22_000) } }
  await expect(caller.change(large)).rejects.toMatchObject({ field: 'body', problem: 'too-long' })
  expect(sent).toEqual([])
  expect(await caller.change(call)).toEqual({ kind: 'unknown', cause: 'reply-too-large' })
})

describe('the call log', () => {
  test('tells operation, outcome and rid, and nothing of a person, no token, no secret', async () => {
    const errmsg = `invalid ${OPENID} ${NAME} 330102199001012217 token-1 rid: 65f2a1b3-0c4d5e6f-1a2b3c4d`
    const { caller, records, clock } = fakeWechat(() => ({ errcode: 40003, errmsg }))
    const outcome = await caller.change(call)
    expect(outcome).toEqual({
      kind: 'no',
      code: '40003',
      reason: 'invalid [已隐藏] [已隐藏] [已隐藏] [已隐藏] (rid 65f2a1b3-0c4d5e6f-1a2b3c4d)',
    })
    expect(records).toEqual([
      expect.objectContaining({ operation: 'getStableAccessToken', outcome: 'yes', code: '0' }),
      {
        startedAtMs: clock.nowMs(),
        durationMs: expect.any(Number),
        appid: APP.appid,
        operation: 'doSomething',
        path: '/do/something',
        outcome: 'no',
        code: '40003',
        rid: '65f2a1b3-0c4d5e6f-1a2b3c4d',
      },
    ])
    const error = await caller.read(call).catch((thrown: unknown) => thrown)
    const kept = JSON.stringify(records) + JSON.stringify(error) + String(error)
    for (const secret of [OPENID, NAME, 'token-1', APP.secret]) expect(kept).not.toContain(secret)
  })

  test.each([
    () => {
      throw new Error('disk full')
    },
    async () => {
      throw new Error('disk full, later')
    },
  ])('that fails changes no outcome', async (onCall) => {
    const { caller } = fakeWechat(() => ({ id: 1 }), { onCall })
    expect((await caller.change(call)).kind).toBe('yes')
  })
})
