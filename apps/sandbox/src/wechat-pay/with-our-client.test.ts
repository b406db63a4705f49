import { DAY_MS, fen, sensitive, shanghaiDay } from '@zhangyi/core'
import { createWechatPayClient, readFundFlowBill, readTradeBill } from '@zhangyi/wechat-pay'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../build-sandbox.ts'
import { freePortBase } from '../kit/free-port-base.ts'
import { type Credentials, callbackReceiver } from './test-merchant.ts'

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: await freePortBase() })
  // Far from midnight: the bills are of the day on which the tests run.
  sandbox.clock.set(Date.parse('2026-11-23T10:00:00+08:00'))
})
afterAll(() => sandbox.stop())

const first = { attempt: 1 }

async function collect<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}

function connect() {
  const simulator = sandbox.simulators['wechat-pay']
  if (!simulator) throw new Error('no wechat-pay simulator')
  const me = simulator.credentials as unknown as Credentials
  const { appid, mchid, merchantSerial, merchantPrivateKeyPem, apiV3Key } = me
  const client = createWechatPayClient({
    ...{ appid, mchid, merchantSerial, merchantPrivateKeyPem, apiV3Key, allowLocalNotifyUrls: true },
    platformCertificates: me.platformCertificates.map(({ pem }) => pem),
    publicKeys: [{ id: me.publicKeyId, pem: me.publicKeyPem }],
    origins: [String(sandbox.origins['wechat-pay'])],
    clock: sandbox.clock,
  })
  const act = async <T>(name: string, input: object = {}) =>
    (await simulator.actions[name]?.(input as Record<string, unknown>)) as T
  const transfer = (outBillNo: string, more: object = {}) =>
    client.prepareTransfer({
      ...{ outBillNo, sceneId: me.transferSceneId, openid: me.openid, amountFen: fen(12_345) },
      reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }],
      ...{ perception: '退款', remark: '门诊预交金退款', userName: sensitive('李明华') },
      ...more,
    })
  return { client, me, act, transfer, simulator }
}

test('the published client transfers: sent twice as the same bytes, confirmed, queried, told, receipted', async () => {
  const { client, act, transfer } = connect()
  const { url, received } = await callbackReceiver()
  const prepared = transfer('OURS1', { notifyUrl: url })
  const created = await client.sendTransfer(prepared, first)
  const again = await client.sendTransfer(prepared, { attempt: 2 })
  expect([created, again]).toMatchObject([
    ...Array(2).fill({ kind: 'yes', value: { state: 'WAIT_USER_CONFIRM', outBillNo: 'OURS1' } }),
  ])
  await act('confirm-transfer', { outBillNo: 'OURS1' })
  sandbox.clock.advance(1_000)
  const found = await client.queryTransferByOutBillNo('OURS1')
  if (found === 'not-found') throw new Error('not found')
  expect(found).toMatchObject({ state: 'SUCCESS', amountFen: 12_345 })
  expect(client.decryptSensitive(String(found.userNameCiphertext)).reveal()).toBe('李明华')
  const byId = await client.queryTransferByTransferBillNo(found.transferBillNo)
  expect(byId).toEqual({ ...found, userNameCiphertext: expect.any(String) })
  await act('deliver-due')
  const [told] = received
  if (!told) throw new Error('no callback')
  const message = { headers: told.headers as Record<string, string>, rawBody: Buffer.from(told.body) }
  expect(client.openNotification(message)).toMatchObject({
    ...{ ok: true, event: { kind: 'transfer', transfer: { state: 'SUCCESS' } } },
  })
  const by = { outBillNo: 'OURS1' }
  expect((await client.sendReceipt(client.prepareReceipt(by), first)).kind).toBe('yes')
  sandbox.clock.advance(60_000)
  const receipt = await client.readReceipt(by)
  if (receipt === 'not-found' || receipt.state !== 'FINISHED') throw new Error('no receipt')
  const chunks = await collect(client.downloadReceipt(receipt))
  expect(Buffer.concat(chunks).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the published client never takes a fault for a failure', async () => {
  const { client, transfer, simulator } = connect()
  const kinds = [
    ...['system-error', 'system-error-after', 'frequency', 'bad-signature', 'signtest-response'],
    ...['reply-lost', 'http-500-after', 'malformed-json', 'http-502', 'reset'],
  ]
  for (const [index, kind] of kinds.entries()) {
    simulator.faults.order({ kind, operation: 'create-transfer', times: 1 })
    const prepared = transfer(`FAULT${index}`)
    expect((await client.sendTransfer(prepared, first)).kind, kind).toBe('unknown')
    const again = await client.sendTransfer(prepared, { attempt: 2 })
    expect(again, kind).toMatchObject({ kind: 'yes', value: { state: 'WAIT_USER_CONFIRM' } })
  }
})

test('the published client cancels, orders, refunds and reads balances and certificates', async () => {
  const { client, me, act, transfer } = connect()
  await client.sendTransfer(transfer('OURS2'), first)
  const cancelled = await client.sendTransferCancel(client.prepareTransferCancel('OURS2'), first)
  expect(cancelled).toMatchObject({ kind: 'yes', value: { state: 'CANCELING' } })
  const order = { outTradeNo: 'OURS-0001', description: '充值', totalFen: fen(500), openid: me.openid }
  const prepaid = client.prepareJsapiOrder({ ...order, notifyUrl: 'http://127.0.0.1:1/notify' })
  expect((await client.sendJsapiOrder(prepaid, first)).kind).toBe('yes')
  await act('pay-order', { outTradeNo: 'OURS-0001' })
  expect(await client.queryJsapiOrderByOutTradeNo('OURS-0001')).toMatchObject({ tradeState: 'SUCCESS' })
  expect(await client.queryJsapiOrderByOutTradeNo('OURS-9999')).toBe('not-found')
  const wish = { outTradeNo: 'OURS-0001', outRefundNo: 'OURSR1', refundFen: fen(200), totalFen: fen(500) }
  const refund = await client.sendRefund(client.prepareRefund(wish), first)
  expect(refund).toMatchObject({ kind: 'yes', value: { status: 'PROCESSING' } })
  expect((await client.fundBalance('OPERATION')).availableFen).toBeGreaterThan(0)
  expect(await client.fetchCertificates()).toBeDefined()
  await act('rotate-certificate')
  await client.fetchCertificates()
  expect(await client.queryRefund('OURSR1')).toMatchObject({ outRefundNo: 'OURSR1' })
})

test("the published reader takes the day's bills: hash, control totals and running balance hold", async () => {
  const { client, act } = connect()
  const day = shanghaiDay(sandbox.clock.nowMs())
  await act('seed-paid-order', { outTradeNo: 'OURS-0009', amountFen: 900, person: 'wangfang' })
  const wish = { outTradeNo: 'OURS-0009', outRefundNo: 'OURSR9', refundFen: fen(300), totalFen: fen(900) }
  await client.sendRefund(client.prepareRefund(wish), first)
  sandbox.clock.advance(2 * DAY_MS)
  for (const type of ['ALL', 'SUCCESS', 'REFUND'] as const) {
    const bill = await client.requestTradeBill({ day, type })
    if (typeof bill === 'string') throw new Error(bill)
    const reader = readTradeBill(client.downloadBill(bill), { kind: type })
    expect((await collect(reader.rows())).length).toBeGreaterThan(0)
    expect(reader.summary()).toBeDefined()
  }
  for (const account of ['BASIC', 'OPERATION'] as const) {
    const bill = await client.requestFundFlowBill({ day, account })
    if (typeof bill === 'string') throw new Error(bill)
    const reader = readFundFlowBill(client.downloadBill(bill))
    expect((await collect(reader.rows())).length).toBeGreaterThan(0)
    expect(reader.summary()).toBeDefined()
  }
  expect(await client.requestFundFlowBill({ day, account: 'FEES' })).toBe('none')
})
