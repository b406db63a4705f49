import { readFileSync } from 'node:fs'
import { ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { CallersClock } from '../../kit/callers-clock.ts'
import { SignatureChecker } from '../../kit/check-signature.ts'
import { HIS_REST } from './credentials.ts'
import { type Signing, testRestHis } from './test-rest-his.ts'

const BODY = JSON.stringify({ input: { patid: 'P100001' } })

test('a right signature passes, with and without a body', async () => {
  const { send } = testRestHis()
  expect((await send('GET', '/probe')).json()).toEqual({ code: 'OK', data: null })
  expect((await send('POST', '/balances/of', BODY)).statusCode).toBe(200)
})

test.each<[string, Signing, string]>([
  ['another secret', { secret: 'wrong' }, '签名不正确'],
  ['another path', { signedPath: '/balances/recharges' }, '签名不正确'],
  ['an unknown key', { keyId: 'nobody' }, 'X-Zhangyi-Key'],
  ['a time that is no time', { timestamp: '2026-11-23' }, 'X-Zhangyi-Timestamp'],
  ['milliseconds', { timestamp: '1795395600000' }, 'X-Zhangyi-Timestamp'],
  ['a short nonce', { nonce: 'a' }, 'X-Zhangyi-Nonce'],
])('%s is refused with 401', async (_name, signing, why) => {
  const { send, simulator } = testRestHis()
  const reply = await send('POST', '/balances/of', BODY, signing)
  expect(reply.statusCode).toBe(401)
  expect(reply.json()).toMatchObject({ code: 'UNAUTHORIZED', reason: expect.stringContaining(why) })
  expect(simulator.calls).toMatchObject([{ operation: 'balances.of', result: 'UNAUTHORIZED' }])
})

test('the window is five minutes to both sides of the sandbox clock', async () => {
  const { send, clock } = testRestHis()
  const now = Math.floor(clock.nowMs() / 1_000)
  const status = async (offset: number) =>
    (await send('GET', '/probe', '', { timestamp: String(now + offset) })).statusCode
  expect([await status(-300), await status(300)]).toEqual([200, 200])
  expect([await status(-301), await status(301)]).toEqual([401, 401])
})

test('a recorded request cannot be sent again', async () => {
  const { send } = testRestHis()
  const signing = { nonce: 'the-same-nonce' }
  expect((await send('POST', '/balances/of', BODY, signing)).statusCode).toBe(200)
  const again = await send('POST', '/balances/of', BODY, signing)
  expect([again.statusCode, again.json().reason]).toEqual([401, 'X-Zhangyi-Nonce 用过了'])
})

test('an unsigned request and a body that was changed on the way are refused; nothing is done', async () => {
  const { simulator, send, ask } = testRestHis()
  const unsigned = await simulator.app.inject({ method: 'POST', url: '/deposits/hold', payload: {} })
  expect(unsigned.statusCode).toBe(401)
  const body = JSON.stringify({ input: { patid: 'P100001', amountFen: 100 }, requestKey: 'k' })
  const signed = await send('POST', '/deposits/hold', body, { signedPath: '/deposits/hold' })
  expect(signed.statusCode).toBe(200)
  const { headers } = signed.raw.req
  const changed = await simulator.app.inject({
    ...{ method: 'POST', url: '/deposits/hold', payload: body.replace('100,', '999,') },
    headers: { ...(headers as Record<string, string>), 'x-zhangyi-nonce': 'another-nonce' },
  })
  expect(changed.statusCode).toBe(401)
  expect((await ask('balances/of', { patid: 'P100001' })).data.availableFen).toBe(80_000 - 100)
})

test('the signature in the guide is right', () => {
  const guide = readFileSync(new URL('../../../../../docs/guides/sandbox-his.md', import.meta.url), 'utf8')
  const example = /```http\nPOST (\S+) HTTP\/1\.1\n([\s\S]*?)\n\n(.*)\n```/.exec(guide)
  const [, path = '', lines = '', body = ''] = example ?? []
  const headers = Object.fromEntries(
    [...lines.matchAll(/^([\w-]+): (.*)$/gm)].map(([, name = '', value = '']) => [name.toLowerCase(), value]),
  )
  const checker = new SignatureChecker(
    new CallersClock(new ManualClock('2026-11-23T09:00:00+08:00')),
    HIS_REST,
  )
  expect(checker.problemOf({ method: 'POST', path, headers, body: Buffer.from(body) })).toBeUndefined()
})
