import { ManualClock, MINUTE_MS } from '@zhangyi/core'
import { authHeaders } from '@zhangyi/his'
import { expect, onTestFinished, test } from 'vitest'
import { memoryStore } from '../kit/store.ts'
import { buildSmsSimulator } from './build-sms-simulator.ts'
import { SMS_GATEWAY } from './credentials.ts'
import type { ShortMessage } from './inbox.ts'

const AUTH = { kind: 'hmac', keyId: SMS_GATEWAY.keyId, secret: SMS_GATEWAY.secret } as const
const PHONE = '13800000001'

function gateway(store = memoryStore<unknown>()) {
  const clock = new ManualClock()
  const simulator = buildSmsSimulator({ clock, store, baseUrl: 'http://127.0.0.1:9107', origins: {} })
  onTestFinished(() => simulator.app.close())
  const send = (change: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
    const time = new Date(clock.nowMs()).toISOString()
    const body = JSON.stringify({ requestKey: 'k-1', phone: PHONE, text: '验证码 123456', time, ...change })
    const request = { method: 'POST', path: '/messages', body: Buffer.from(body) }
    return simulator.app.inject({
      ...{ method: 'POST', url: '/messages', payload: body },
      headers: { 'content-type': 'application/json', ...authHeaders(AUTH, request, clock), ...headers },
    })
  }
  const messages = (input = {}) => simulator.actions['messages']?.(input) as readonly ShortMessage[]
  const order = (kind: string) => simulator.faults.order({ kind, times: 1 })
  return { simulator, clock, store, send, messages, order }
}

test('a message arrives: in the list of its phone and on the page', async () => {
  const { simulator, clock, send, messages } = gateway()
  expect((await send()).json()).toEqual({ accepted: true })
  clock.advance(MINUTE_MS)
  await send({ requestKey: 'k-2', text: '验证码 <b>654321' })
  await send({ requestKey: 'k-3', phone: '13800000002', text: '别人的' })
  expect(messages({ phone: PHONE }).map(({ text }) => text)).toEqual(['验证码 <b>654321', '验证码 123456'])
  expect((await simulator.app.inject('/')).body).toContain('别人的')
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const page = { method: 'POST', url: '/', headers: form, payload: `phone=+${PHONE}+` } as const
  const { body } = await simulator.app.inject(page)
  expect(body).toContain('验证码 &#60;b&#62;654321')
  expect(body).not.toContain('别人的')
})

test('an empty inbox says what to do', async () => {
  expect((await gateway().simulator.app.inject('/')).body).toContain('还没有收到短信')
})

test('the same key arrives once, also after a restart; with another text it is refused', async () => {
  const { send, messages, store } = gateway()
  await send()
  expect((await send()).json()).toEqual({ accepted: true })
  const again = gateway(store)
  expect((await again.send()).json()).toEqual({ accepted: true })
  expect((await again.send({ text: '验证码 999999' })).json()).toEqual({
    accepted: false,
    code: 'key-reused',
  })
  expect(messages()).toHaveLength(1)
  expect(again.messages()).toHaveLength(1)
  again.simulator.actions['clear']?.({})
  expect(again.messages()).toEqual([])
})

test.each([
  ['another key', { 'x-zhangyi-key': 'other' }, 'Key'],
  ['a wrong signature', { 'x-zhangyi-signature': 'f'.repeat(64) }, '签名'],
  ['an old time', { 'x-zhangyi-timestamp': '1700000000' }, '时间戳'],
  ['no time', { 'x-zhangyi-timestamp': '' }, 'Timestamp'],
  ['no nonce', { 'x-zhangyi-nonce': '' }, 'Nonce'],
])('a call with %s is 401 and sends nothing', async (_what, headers, reason) => {
  const { send, messages } = gateway()
  const reply = await send({}, headers)
  expect([reply.statusCode, reply.json()]).toEqual([
    401,
    { accepted: false, code: 'unauthorized', reason: expect.stringContaining(reason) },
  ])
  expect(messages()).toEqual([])
})

test('a call that was recorded and sent again is 401', async () => {
  const { simulator, clock, send } = gateway()
  const request = { method: 'POST', path: '/messages', body: Buffer.from('{}') }
  const headers = authHeaders(AUTH, request, clock)
  const replay = { method: 'POST', url: '/messages', payload: '{}', headers } as const
  expect((await simulator.app.inject(replay)).statusCode).toBe(400)
  expect((await simulator.app.inject(replay)).json()).toMatchObject({ reason: 'X-Zhangyi-Nonce 用过了' })
  expect((await send()).statusCode).toBe(200)
})

test.each([
  ['no JSON object', { requestKey: undefined }, 'requestKey'],
  ['a key of another form', { requestKey: 'a b' }, 'requestKey'],
  ['no text', { text: '' }, 'text'],
  ['no time', { time: 'today' }, 'time'],
])('%s is 400 and names the field', async (_what, change, field) => {
  const reply = await gateway().send(change)
  expect([reply.statusCode, reply.json()]).toEqual([400, expect.objectContaining({ reason: field })])
})

test('a number that is no mobile phone is refused by the gateway', async () => {
  expect((await gateway().send({ phone: '057100000000' })).json()).toEqual({
    accepted: false,
    code: 'phone-invalid',
  })
})

test('faults: refused sends nothing, a lost 500 has sent', async () => {
  const { send, messages, order, simulator } = gateway()
  order('refused')
  expect((await send()).json()).toEqual({ accepted: false, code: 'refused' })
  expect(messages()).toEqual([])
  order('http-500-after')
  expect((await send()).statusCode).toBe(500)
  expect(messages()).toHaveLength(1)
  // What has arrived cannot be refused afterwards.
  order('refused')
  expect((await send()).json()).toEqual({ accepted: true })
  expect(simulator.calls.map(({ result }) => result)).toEqual(['refused', 'http-500-after', 'accepted'])
})
