import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'
import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../build-sandbox.ts'
import { freePortBase } from '../kit/free-port-base.ts'
import { type Credentials, callbackReceiver, prepayBody, transferBody } from './test-merchant.ts'

/** The part of the library that is used here; its own types need the DOM's. */
interface Stranger {
  readonly Wechatpay: new (config: object) => { readonly client: { readonly v3: Client } }
  readonly Formatter: {
    response(timestamp: string, nonce: string, body: string): string
    castCsvBill(bytes: Buffer): { readonly rows: readonly Record<string, string>[]; readonly summary: object }
  }
  readonly Rsa: {
    verify(message: string, signature: string, key: unknown): boolean
    from(pem: string, type: string): unknown
    encrypt(plain: string, key: unknown): string
    readonly KEY_TYPE_PUBLIC: string
  }
  readonly Aes: {
    readonly AesGcm: { decrypt(ciphertext: string, key: string, nonce: string, aad: string): string }
  }
}
interface Client {
  get(url: string, config?: object): Promise<{ readonly status: number; readonly data: never }>
  post(
    url: string,
    body?: unknown,
    config?: object,
  ): Promise<{ readonly status: number; readonly data: never }>
}

const { Wechatpay, Formatter, Rsa, Aes } = createRequire(import.meta.url)(
  'wechatpay-axios-plugin',
) as Stranger

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: await freePortBase() })
  // Far from midnight, because bills are of a day; and far from the real time, by which the library signs and checks.
  sandbox.clock.set(Date.parse('2031-11-23T10:00:00+08:00'))
})
afterAll(() => sandbox.stop())

function connect() {
  const simulator = sandbox.simulators['wechat-pay']
  if (!simulator) throw new Error('no wechat-pay simulator')
  const me = simulator.credentials as unknown as Credentials
  const { client } = new Wechatpay({
    mchid: me.mchid,
    serial: me.merchantSerial,
    privateKey: me.merchantPrivateKeyPem,
    baseURL: sandbox.origins['wechat-pay'],
    certs: {
      [me.publicKeyId]: me.publicKeyPem,
      ...Object.fromEntries(me.platformCertificates.map(({ serial, pem }) => [serial, pem])),
    },
  })
  const act = async <T>(name: string, input: object = {}) =>
    (await simulator.actions[name]?.(input as Record<string, unknown>)) as T
  return { v3: client.v3, me, act, simulator }
}

const refusal = (error: {
  readonly response?: { readonly status: number; readonly data: { code?: string } }
}) => [error.response?.status, error.response?.data.code]

test("a stranger's client pays: prepay, query, close, and the callback opens", async () => {
  const { v3, me, act } = connect()
  const { url, received } = await callbackReceiver()
  const { data } = await v3.post(
    '/v3/pay/transactions/jsapi',
    prepayBody(me, 'AXIOS-0001', { notify_url: url }),
  )
  expect(data).toEqual({ prepay_id: expect.stringMatching(/^wx/) })
  await act('pay-order', { outTradeNo: 'AXIOS-0001' })
  const params = { mchid: me.mchid }
  const paid = await v3.get('/v3/pay/transactions/out-trade-no/AXIOS-0001', { params })
  expect(paid.data).toMatchObject({ trade_state: 'SUCCESS' })
  await v3.post('/v3/pay/transactions/jsapi', prepayBody(me, 'AXIOS-0002'))
  expect((await v3.post('/v3/pay/transactions/out-trade-no/AXIOS-0002/close', params)).status).toBe(204)

  await act('key-switchover', { publicKeyShare: 1 })
  await act('seed-paid-order', { outTradeNo: 'AXIOS-0003', amountFen: 1, person: 'lihua', notifyUrl: url })
  await act('deliver-due')
  await act('key-switchover', { publicKeyShare: 0 })
  expect(received).toHaveLength(2)
  for (const [index, { headers, body, envelope }] of received.entries()) {
    const pem = index === 0 ? String(me.platformCertificates[0]?.pem) : me.publicKeyPem
    const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) =>
      String(headers[`wechatpay-${name}`]),
    ) as [string, string, string]
    const message = Formatter.response(timestamp, nonce, body)
    expect(Rsa.verify(message, signature, Rsa.from(pem, Rsa.KEY_TYPE_PUBLIC))).toBe(true)
    const { ciphertext, nonce: iv, associated_data: aad } = envelope.resource
    expect(JSON.parse(Aes.AesGcm.decrypt(ciphertext, me.apiV3Key, iv, aad))).toMatchObject({
      out_trade_no: `AXIOS-000${index * 2 + 1}`,
    })
  }
})

test("a stranger's client transfers with an encrypted name, queries, cancels, and is refused", async () => {
  const { v3, me } = connect()
  const bills = '/v3/fund-app/mch-transfer/transfer-bills'
  const headers = { 'Wechatpay-Serial': me.publicKeyId }
  const user_name = Rsa.encrypt('李明华', Rsa.from(me.publicKeyPem, Rsa.KEY_TYPE_PUBLIC))
  const { data } = await v3.post(bills, transferBody(me, 'AXIOST1', { user_name }), { headers })
  expect(data).toMatchObject({ state: 'WAIT_USER_CONFIRM', package_info: expect.any(String) })
  const one = `${bills}/out-bill-no/AXIOST1`
  expect((await v3.get(one)).data).toMatchObject({ state: 'WAIT_USER_CONFIRM', transfer_amount: 12_345 })
  expect((await v3.post(`${one}/cancel`)).data).toMatchObject({ state: 'CANCELING' })
  await expect(v3.get(`${bills}/out-bill-no/NONE`).catch(refusal)).resolves.toEqual([404, 'NOT_FOUND'])
  const bad = v3.post(bills, transferBody(me, 'a-b')).catch(refusal)
  await expect(bad).resolves.toEqual([400, 'PARAM_ERROR'])
})

test("a wrong signature and a probe do not pass a stranger's verification, though the money is locked", async () => {
  const { v3, me, act, simulator } = connect()
  for (const kind of ['bad-signature', 'signtest-response']) {
    simulator.faults.order({ kind, operation: 'create-transfer', times: 1 })
    const outBillNo = `AXIOS${kind.replace('-', '')}`
    const refused = v3.post('/v3/fund-app/mch-transfer/transfer-bills', transferBody(me, outBillNo))
    await expect(refused).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' })
    const [newest] = await act<{ outBillNo: string; state: string }[]>('transfers', { limit: 1 })
    expect(newest).toMatchObject({ outBillNo, state: 'WAIT_USER_CONFIRM' })
  }
})

test("a stranger's client refunds and reads the bills of the day", async () => {
  const { v3, act } = connect()
  await act('seed-paid-order', { outTradeNo: 'AXIOS-0009', amountFen: 500, person: 'wangfang' })
  const { data } = await v3.post('/v3/refund/domestic/refunds', {
    ...{ out_trade_no: 'AXIOS-0009', out_refund_no: 'AXIOSR1' },
    amount: { refund: 200, total: 500, currency: 'CNY' },
  })
  expect(data).toMatchObject({ status: 'PROCESSING' })
  const bill_date = shanghaiDay(sandbox.clock.nowMs())
  sandbox.clock.advance(2 * DAY_MS)
  expect((await v3.get('/v3/refund/domestic/refunds/AXIOSR1')).data).toMatchObject({ status: 'SUCCESS' })
  for (const [path, params, number] of [
    ['/v3/bill/tradebill', { bill_type: 'ALL' }, { 商户退款单号: 'AXIOSR1' }],
    ['/v3/bill/fundflowbill', { account_type: 'BASIC' }, { 业务凭证号: 'AXIOSR1' }],
  ] as const) {
    const asked = await v3.get(path, { params: { bill_date, tar_type: 'GZIP', ...params } })
    const { download_url, hash_value } = asked.data as { download_url: string; hash_value: string }
    // It knows unsigned downloads by their path, so the address is taken apart for it.
    const { pathname, searchParams } = new URL(download_url)
    const fetched = { responseType: 'arraybuffer', params: { token: searchParams.get('token') } }
    const file = gunzipSync((await v3.get(pathname, fetched)).data)
    expect(createHash('sha1').update(file).digest('hex')).toBe(hash_value)
    const { rows, summary } = Formatter.castCsvBill(file)
    expect(rows).toContainEqual(expect.objectContaining(number))
    expect(Object.values(summary)[0]).toBe(String(rows.length))
  }
})
