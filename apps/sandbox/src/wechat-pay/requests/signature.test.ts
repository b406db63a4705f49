import { DAY_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { isGenuine, openResource, prepayBody, testMerchant } from '../test-merchant.ts'

const PREPAY = '/v3/pay/transactions/jsapi'

test('a signed request is answered and the answer is signed over its exact bytes', async () => {
  const { call, me } = testMerchant()
  const reply = await call('POST', PREPAY, prepayBody(me, 'SIGN-000001'))
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toEqual({ prepay_id: expect.stringMatching(/^wx20261123100000\w{20}$/) })
  expect(isGenuine(me, reply.headers, reply.body)).toBe(true)
  expect(isGenuine(me, reply.headers, `${reply.body} `)).toBe(false)
  expect(reply.headers['wechatpay-serial']).toBe(me.platformCertificates[0]?.serial)
  expect(reply.headers['request-id']).toMatch(/^08/)
})

test.each([
  ['no Authorization', { headers: { authorization: '' } }],
  ['another scheme', { headers: { authorization: 'Basic x' } }],
  ['a body that was changed after signing', { signedBody: '{}' }],
  ['another merchant', { mchid: '1999999999' }],
  ['a clock 5 minutes late', { timestamp: Date.parse('2026-11-23T09:54:59+08:00') / 1_000 }],
  ['a clock 5 minutes early', { timestamp: Date.parse('2026-11-23T10:05:01+08:00') / 1_000 }],
])('%s: 401 SIGN_ERROR without signature, and nothing happened', async (_what, options) => {
  const { call, me, simulator } = testMerchant()
  const reply = await call('POST', PREPAY, prepayBody(me, 'SIGN-000002'), options)
  expect([reply.statusCode, reply.json().code]).toEqual([401, 'SIGN_ERROR'])
  expect(Object.keys(reply.headers).filter((name) => name.startsWith('wechatpay-'))).toEqual([])
  expect(reply.headers['request-id']).toBeDefined()
  expect(await simulator.actions['orders']?.({})).toEqual([])
})

test('the order of the five fields is free; path and query count as they are sent', async () => {
  const { call, me } = testMerchant()
  await call('POST', PREPAY, prepayBody(me, 'SIGN-000003'))
  const path = '/v3/pay/transactions/out-trade-no/SIGN-000003?mchid=1900000109'
  expect((await call('GET', path, undefined, { reversed: true })).statusCode).toBe(200)
  const encoded = path.replace('SIGN', '%53IGN')
  expect((await call('GET', encoded)).statusCode).toBe(200)
})

test('Accept and User-Agent are wanted; a body must be JSON', async () => {
  const { call, me } = testMerchant()
  for (const name of ['accept', 'user-agent']) {
    const reply = await call('POST', PREPAY, prepayBody(me, 'SIGN-000004'), { headers: { [name]: '' } })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'INVALID_REQUEST'])
  }
})

test('an unknown address and the replaced product are refused in JSON', async () => {
  const { call } = testMerchant()
  const unknown = await call('GET', '/v3/none')
  expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'RESOURCE_NOT_EXISTS'])
  const old = await call('POST', '/v3/transfer/batches', {})
  expect([old.statusCode, old.json().code]).toEqual([403, 'NO_AUTH'])
})

test('the key named by the request signs; during the switch-over the share decides', async () => {
  const { call, me, act } = testMerchant()
  const certificate = me.platformCertificates[0]?.serial
  const signer = async (serial?: string) => {
    const headers = { 'wechatpay-serial': serial ?? '' }
    const reply = await call('GET', '/v3/merchant/fund/balance/BASIC', undefined, serial ? { headers } : {})
    expect(isGenuine(me, reply.headers, reply.body)).toBe(true)
    return reply.headers['wechatpay-serial']
  }
  expect(await signer(me.publicKeyId)).toBe(me.publicKeyId)
  expect(await signer()).toBe(certificate)
  await act('key-switchover', { publicKeyShare: 0.5 })
  const seen = [await signer(), await signer(), await signer(), await signer()]
  expect(seen.filter((serial) => serial === me.publicKeyId)).toHaveLength(2)
  expect(await signer(certificate)).toBe(certificate)
  await act('key-switchover', { publicKeyShare: 1 })
  expect(await signer()).toBe(me.publicKeyId)
})

test('certificates come encrypted, a rotated one overlaps, and a public-key merchant has none', async () => {
  const { call, me, act, clock, simulator } = testMerchant()
  const { serial } = await act<{ serial: string }>('rotate-certificate', { signsInMs: DAY_MS })
  const list = (await call('GET', '/v3/certificates')).json().data
  expect(list.map((one: { serial_no: string }) => one.serial_no)).toEqual([
    me.platformCertificates[0]?.serial,
    serial,
  ])
  expect(list[1].encrypt_certificate.associated_data).toBe('certificate')
  const both = simulator.credentials['platformCertificates'] as { pem: string }[]
  expect(openResource(list[1].encrypt_certificate, me.apiV3Key)).toBe(both[1]?.pem)

  const balance = '/v3/merchant/fund/balance/BASIC'
  expect((await call('GET', balance)).headers['wechatpay-serial']).not.toBe(serial)
  clock.advance(DAY_MS)
  const reply = await call('GET', balance)
  expect(reply.headers['wechatpay-serial']).toBe(serial)
  expect(isGenuine(simulator.credentials as unknown as typeof me, reply.headers, reply.body)).toBe(true)

  await act('public-key-only', { on: true })
  const none = await call('GET', '/v3/certificates')
  expect([none.statusCode, none.json().code]).toEqual([404, 'RESOURCE_NOT_EXISTS'])
  expect((await call('GET', balance)).headers['wechatpay-serial']).toBe(me.publicKeyId)
})

test('faults of answers: wrong signature, probe, system error before and after, limits', async () => {
  const { call, me, fault, act } = testMerchant()
  const order = (no: string) => call('POST', PREPAY, prepayBody(me, no))
  const outcomes: unknown[] = []
  for (const kind of [
    'bad-signature',
    'signtest-response',
    'system-error-after',
    'system-error',
    'frequency',
    'no-auth',
  ]) {
    fault(kind, 'jsapi-prepay')
    const number = `FAULT-${kind.slice(0, 20)}`
    const reply = await order(number)
    const orders = await act<{ outTradeNo: string }[]>('orders')
    outcomes.push([
      ...[kind, reply.statusCode, reply.json().code, isGenuine(me, reply.headers, reply.body)],
      orders.some(({ outTradeNo }) => outTradeNo === number),
    ])
    if (kind === 'signtest-response')
      expect(reply.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
  }
  expect(outcomes).toEqual([
    ['bad-signature', 200, undefined, false, true],
    ['signtest-response', 200, undefined, false, true],
    ['system-error-after', 500, 'SYSTEM_ERROR', false, true],
    ['system-error', 500, 'SYSTEM_ERROR', false, false],
    ['frequency', 429, 'FREQUENCY_LIMITED', false, false],
    ['no-auth', 403, 'NO_AUTH', false, false],
  ])
})

test('general faults leave no signature on an error page, and half an answer does not verify', async () => {
  const { call, me, fault } = testMerchant()
  fault('http-500-after', 'jsapi-prepay')
  const page = await call('POST', PREPAY, prepayBody(me, 'HALF-00001'))
  expect([page.statusCode, page.headers['wechatpay-signature']]).toEqual([500, undefined])
  fault('malformed-json', 'jsapi-prepay')
  const half = await call('POST', PREPAY, prepayBody(me, 'HALF-00002'))
  expect(half.statusCode).toBe(200)
  expect(() => half.json()).toThrow()
  expect(isGenuine(me, half.headers, half.body)).toBe(false)
})

test('state outlives a restart: keys, balances, orders', async () => {
  const first = testMerchant()
  await first.call('POST', PREPAY, prepayBody(first.me, 'KEEP-00001'))
  await first.act('rotate-certificate')
  first.clock.advance(MINUTE_MS)
  await first.simulator.app.close()
  const second = testMerchant({ store: first.store, clock: first.clock })
  expect(second.me).toEqual(first.simulator.credentials)
  expect(second.me.platformCertificates).toHaveLength(2)
  const path = '/v3/pay/transactions/out-trade-no/KEEP-00001?mchid=1900000109'
  expect((await second.call('GET', path)).json().trade_state).toBe('NOTPAY')
})

test('account types and days that do not exist are refused, whatever they are called', async () => {
  const { call } = testMerchant()
  const code = async (path: string) => (await call('GET', `/v3/merchant/fund/${path}`)).json().code
  expect(await code('balance/constructor')).toBe('INVALID_REQUEST')
  for (const date of ['2026-11', '2026-02-30', 'x'])
    expect(await code(`dayendbalance/BASIC?date=${date}`), date).toBe('PARAM_ERROR')
})

test('what was committed before the reply was lost is in the store, without a further call', async () => {
  const first = testMerchant()
  first.fault('reply-lost', 'jsapi-prepay')
  await expect(first.call('POST', PREPAY, prepayBody(first.me, 'LOST-00001'))).rejects.toThrow()
  const kept = first.store.load() as
    | { readonly orders: readonly { readonly outTradeNo: string }[] }
    | undefined
  expect(kept?.orders.map(({ outTradeNo }) => outTradeNo)).toEqual(['LOST-00001'])
})
