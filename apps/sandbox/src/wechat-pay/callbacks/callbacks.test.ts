import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import {
  callbackReceiver,
  isGenuine,
  openResource,
  prepayBody,
  type Received,
  type TestMerchant,
  testMerchant,
} from '../test-merchant.ts'

async function pay(merchant: TestMerchant, outTradeNo: string, notify_url: string) {
  await merchant.call(
    'POST',
    '/v3/pay/transactions/jsapi',
    prepayBody(merchant.me, outTradeNo, { notify_url }),
  )
  await merchant.act('pay-order', { outTradeNo })
}

const numberIn = ({ me }: TestMerchant, { envelope }: Received): string =>
  JSON.parse(openResource(envelope.resource, me.apiV3Key)).out_trade_no

const stateOf = async (merchant: TestMerchant) =>
  (await merchant.act<{ state: string }[]>('callbacks')).map(({ state }) => state)

test('an accepted callback comes once, with the query answer inside', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  await pay(merchant, 'CALL-0001', url)
  await merchant.act('deliver-due')
  merchant.clock.advance(DAY_MS)
  await merchant.act('deliver-due')
  expect(received).toHaveLength(1)
  const [{ headers, body, envelope } = received[0] as Received] = received
  expect(isGenuine(merchant.me, headers, body)).toBe(true)
  expect(JSON.parse(body)).toMatchObject({
    ...{ resource_type: 'encrypt-resource', event_type: 'TRANSACTION.SUCCESS', summary: '支付成功' },
    resource: { algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction' },
  })
  const path = `/v3/pay/transactions/out-trade-no/CALL-0001?mchid=${merchant.me.mchid}`
  const asked = (await merchant.call('GET', path)).json()
  expect(JSON.parse(openResource(envelope.resource, merchant.me.apiV3Key))).toEqual(asked)
  expect(await stateOf(merchant)).toEqual(['delivered'])
})

test('refused callbacks come again 15 times within 24 hours, by the clock, then never', async () => {
  const merchant = testMerchant()
  const { url, received, answers } = await callbackReceiver()
  answers.push(...Array.from({ length: 16 }, (_, index) => (index === 3 ? 302 : 500)))
  await pay(merchant, 'CALL-0002', url)
  await merchant.act('deliver-due')
  const pauses = [
    ...[15, 15, 30].map((s) => s * SECOND_MS),
    ...[3, 10, 20, 30, 30, 30, 60].map((m) => m * MINUTE_MS),
    ...[3, 3, 3, 6, 6].map((h) => h * HOUR_MS),
  ]
  for (const [index, pause] of pauses.entries()) {
    merchant.clock.advance(pause - 1)
    expect(await merchant.act('deliver-due')).toEqual({ tried: 0 })
    merchant.clock.advance(1)
    expect(await merchant.act('deliver-due')).toEqual({ tried: 1 })
    expect(received).toHaveLength(index + 2)
  }
  expect(new Set(received.map(({ envelope }) => envelope.id)).size).toBe(1)
  expect(await stateOf(merchant)).toEqual(['given-up'])
  merchant.clock.advance(2 * DAY_MS)
  expect(await merchant.act('deliver-due')).toEqual({ tried: 0 })
})

test('nothing listens: not reached, tried again later', async () => {
  const merchant = testMerchant()
  await pay(merchant, 'CALL-0003', 'http://127.0.0.1:1/notify')
  await merchant.act('deliver-due')
  const [callback] = await merchant.act<{ state: string; attempts: object[] }[]>('callbacks')
  expect(callback).toMatchObject({ state: 'waiting', attempts: [{ result: 'not reached' }] })
})

test('callbacks leave this machine only when a setting names the host', async () => {
  const merchant = testMerchant()
  await pay(merchant, 'CALL-0004', 'https://hospital.example/notify')
  expect(await merchant.act('deliver-due')).toEqual({ tried: 0 })
  expect(await stateOf(merchant)).toEqual(['not-local'])
})

test('by itself it goes out with the next call; or only when told, where a setting says so', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  await merchant.act('settings', { autoDeliver: false })
  await pay(merchant, 'CALL-0005', url)
  for (let calls = 0; calls < 3; calls++) await merchant.call('GET', '/v3/certificates')
  expect(await stateOf(merchant)).toEqual(['waiting'])
  expect(await merchant.act('deliver-due')).toEqual({ tried: 1 })
  await merchant.act('settings', { autoDeliver: true })
  await pay(merchant, 'CALL-0006', url)
  await merchant.call('GET', '/v3/certificates')
  await expect.poll(() => received.length).toBe(2)
})

test('faults: twice, late, lost, a probe, a wrong signature', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  const order = async (kind: string, more: object = {}) => {
    merchant.fault(kind, 'TRANSACTION.SUCCESS', more)
    received.length = 0
    await pay(merchant, `CALL-${kind}`, url)
    await merchant.act('deliver-due')
    return received.map(({ headers, body }) => isGenuine(merchant.me, headers, body))
  }
  expect(await order('notify-duplicate')).toEqual([true, true])
  expect(received[0]?.envelope.id).toBe(received[1]?.envelope.id)
  expect(await order('notify-signtest')).toEqual([false, true])
  expect(received[0]?.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
  expect(await order('notify-bad-signature')).toEqual([false])
  merchant.clock.advance(15 * SECOND_MS)
  await merchant.act('deliver-due')
  expect(received.map(({ headers, body }) => isGenuine(merchant.me, headers, body))).toEqual([false, true])
  expect(await order('notify-late', { delayMs: 60_000 })).toEqual([])
  merchant.clock.advance(60_000)
  await merchant.act('deliver-due')
  expect(received).toHaveLength(1)
  expect(await order('notify-lost')).toEqual([])
  merchant.clock.advance(DAY_MS)
  expect(await merchant.act('deliver-due')).toEqual({ tried: 0 })
})

test('a reordered callback comes after the next one', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  merchant.fault('notify-reordered')
  await pay(merchant, 'FIRST-001', url)
  await merchant.act('deliver-due')
  expect(received).toHaveLength(0)
  await pay(merchant, 'SECOND-01', url)
  await merchant.act('deliver-due')
  expect(received.map((one) => numberIn(merchant, one))).toEqual(['SECOND-01', 'FIRST-001'])
})

test('callbacks are spread over both keys while WeChat switches over', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  await merchant.act('key-switchover', { publicKeyShare: 0.25 })
  for (let index = 0; index < 4; index++) {
    await merchant.act('seed-paid-order', {
      ...{ outTradeNo: `SHARE-${index}`, amountFen: 1, person: 'lihua', notifyUrl: url },
    })
  }
  await merchant.act('deliver-due')
  expect(received.every(({ headers, body }) => isGenuine(merchant.me, headers, body))).toBe(true)
  const byPublicKey = received.filter(
    ({ headers }) => headers['wechatpay-serial'] === merchant.me.publicKeyId,
  )
  expect(byPublicKey).toHaveLength(1)
})

test('only 200 and 204 accept a callback', async () => {
  const merchant = testMerchant()
  const { url, received, answers } = await callbackReceiver()
  answers.push(202, 201, 204)
  await pay(merchant, 'CALL-0005', url)
  await merchant.act('deliver-due')
  for (const _retry of [1, 2, 3]) {
    merchant.clock.advance(15 * SECOND_MS)
    await merchant.act('deliver-due')
  }
  expect(received).toHaveLength(3)
  expect(await stateOf(merchant)).toEqual(['delivered'])
})

test('a reordered callback waits for one that was announced after it, not for an older one', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  const paid = (outTradeNo: string) =>
    merchant.act('seed-paid-order', { outTradeNo, amountFen: 1, person: 'lihua', notifyUrl: url })
  await paid('OLDER-001')
  merchant.fault('notify-reordered')
  await paid('HELD-0001')
  await merchant.act('deliver-due')
  expect(received.map((one) => numberIn(merchant, one))).toEqual(['OLDER-001'])
  await paid('NEWER-001')
  await merchant.act('deliver-due')
  expect(received.map((one) => numberIn(merchant, one))).toEqual(['OLDER-001', 'NEWER-001', 'HELD-0001'])
})
