import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WechatPayError, WechatPayInputError } from './errors.ts'
import { restoreRequest, storeRequest } from './prepared-request.ts'
import { REFUND_ANSWER, TRANSFER, TRANSFER_CREATED, TRANSFER_QUERIED } from './testing/examples.ts'
import { BACKUP, type FakeAnswer, fakeWechatPay, MAIN } from './testing/fake-wechat-pay.ts'
import { CERTIFICATE_SERIAL, PLATFORM, PUBLIC_KEY_ID } from './testing/platform-keys.ts'

const FIRST = { attempt: 1 }

async function sendOne(answer: FakeAnswer, attempt = 1) {
  const fake = fakeWechatPay(() => answer, { startTimeout: () => AbortSignal.timeout(60_000) })
  return {
    ...fake,
    result: await fake.client.sendTransfer(fake.client.prepareTransfer(TRANSFER), { attempt }),
  }
}

test('a verified answer is a yes', async () => {
  const { result, sent } = await sendOne({ json: TRANSFER_CREATED })
  expect(result).toMatchObject({ kind: 'yes', value: { state: 'WAIT_USER_CONFIRM' }, call: { class: 'ok' } })
  expect(sent).toHaveLength(1)
  expect(sent[0]?.headers).toMatchObject({
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': expect.stringMatching(/./),
    'wechatpay-serial': PUBLIC_KEY_ID,
    authorization: expect.stringMatching(/^WECHATPAY2-SHA256-RSA2048 mchid="1900000001",/),
  })
})

test.each([
  ['bad', 'signature:signature'],
  ['probe', 'signature:probe'],
  ['none', 'signature:missing-header'],
] as const)('an accepted transfer whose signature is %s is unknown, never no', async (signed, cause) => {
  const { result } = await sendOne({ json: TRANSFER_CREATED, signed })
  expect(result).toMatchObject({ kind: 'unknown', cause, call: { class: 'unknown', httpStatus: 200 } })
})

test('an answer stamped by a wrong clock is unknown', async () => {
  const { result } = await sendOne({ json: TRANSFER_CREATED, headers: { 'wechatpay-timestamp': '1' } })
  expect(result).toMatchObject({ kind: 'unknown', cause: 'signature:clock' })
})

test.each<[string, FakeAnswer, string]>([
  ['a lost connection', 'lost-connection', 'ECONNRESET'],
  ['a gateway page', { status: 502, raw: '<html>502</html>' }, 'http-502'],
  ['a redirect', { status: 302, headers: { location: 'https://evil.example' } }, 'http-302'],
  ['another 2xx', { status: 202, json: TRANSFER_CREATED }, 'http-202'],
  ['signed garbage', { raw: 'garbage' }, 'malformed'],
  ['signed JSON of another kind', { json: [1] }, 'malformed'],
  ['an answer about another number', { json: { ...TRANSFER_CREATED, out_bill_no: 'OTHER' } }, 'malformed'],
  ['too long an answer', { raw: new Uint8Array(1024 * 1024 + 1) }, 'answer-too-large'],
  ['SYSTEM_ERROR', { status: 500, json: { code: 'SYSTEM_ERROR', message: '系统错误' } }, 'SYSTEM_ERROR'],
  ['a code nobody knows', { status: 400, json: { code: 'BRAND_NEW', message: '' } }, 'BRAND_NEW'],
])('%s leaves a transfer unknown, and it is not sent again', async (_, answer, cause) => {
  const { result, sent } = await sendOne(answer)
  expect(result).toMatchObject({ kind: 'unknown', cause })
  expect(sent).toHaveLength(1)
})

test('silence until the time limit is unknown', async () => {
  const limit = new AbortController()
  const fake = fakeWechatPay(
    () => {
      limit.abort()
      return 'silence'
    },
    { startTimeout: () => limit.signal },
  )
  const result = await fake.client.sendTransfer(fake.client.prepareTransfer(TRANSFER), FIRST)
  expect(result).toMatchObject({ kind: 'unknown', cause: 'timeout' })
  expect(fake.sent).toHaveLength(1)
})

test('only a definite refusal of the first sending is a no', async () => {
  const refusal = { status: 400, json: { code: 'PARAM_ERROR', message: '参数错误 110101199001011237' } }
  expect((await sendOne(refusal, 1)).result).toMatchObject({
    kind: 'no',
    code: 'PARAM_ERROR',
    reason: '参数错误 ***',
  })
  expect((await sendOne(refusal, 2)).result).toMatchObject({ kind: 'unknown', cause: 'PARAM_ERROR' })
})

test.each([
  [403, 'NOT_ENOUGH', 'waiting-for-funds'],
  [429, 'FREQUENCY_LIMITED', 'not-accepted'],
  [401, 'SIGN_ERROR', 'not-accepted'],
  [400, 'ALREADY_EXISTS', 'conflict'],
])(
  '%i %s is unknown with its own class, so that nobody takes another number',
  async (status, code, found) => {
    const { result } = await sendOne({ status, json: { code, message: 'm' } })
    expect(result).toMatchObject({
      kind: 'unknown',
      cause: code,
      call: { class: found, requestId: 'REQUEST-1' },
    })
  },
)

test('a host that cannot be connected to is left for the second: same bytes, fresh signature, once', async () => {
  const fake = fakeWechatPay(({ origin }) =>
    origin === MAIN ? 'refused-connection' : { json: TRANSFER_CREATED },
  )
  const prepared = fake.client.prepareTransfer(TRANSFER)
  expect((await fake.client.sendTransfer(prepared, FIRST)).kind).toBe('yes')
  const [first, second] = fake.sent
  expect(fake.sent.map(({ origin }) => origin)).toEqual([MAIN, BACKUP])
  expect(second?.rawBody).toEqual(first?.rawBody)
  expect(second?.path).toBe(first?.path)
  expect(second?.headers['authorization']).not.toBe(first?.headers['authorization'])
})

test('with no host to connect to, nothing was sent; each host was tried once', async () => {
  const { result, sent } = await sendOne('refused-connection')
  expect(result).toMatchObject({ kind: 'unknown', cause: 'not-sent', call: { class: 'not-accepted' } })
  expect(sent).toHaveLength(2)
  const fake = fakeWechatPay(() => 'refused-connection')
  await expect(fake.client.queryTransferByOutBillNo('A1')).rejects.toMatchObject({ kind: 'transport' })
})

test("a gateway's page sends a read to the second host, an error of WeChat Pay does not", async () => {
  const gateway = fakeWechatPay(({ origin }) =>
    origin === MAIN ? { status: 503, raw: 'busy' } : { json: TRANSFER_QUERIED },
  )
  expect(await gateway.client.queryTransferByOutBillNo(TRANSFER.outBillNo)).toMatchObject({
    state: 'SUCCESS',
  })
  const refused = fakeWechatPay(() => ({ status: 500, json: { code: 'SYSTEM_ERROR', message: '' } }))
  await expect(refused.client.queryTransferByOutBillNo('A1')).rejects.toMatchObject({
    kind: 'platform',
    code: 'SYSTEM_ERROR',
    httpStatus: 500,
    requestId: 'REQUEST-1',
  })
  expect(refused.sent).toHaveLength(1)
})

test('a read that cannot be believed throws, and names the reason', async () => {
  const read = (answer: FakeAnswer) =>
    fakeWechatPay(() => answer).client.queryTransferByOutBillNo(TRANSFER.outBillNo)
  for (const [answer, code] of [
    [{ json: TRANSFER_QUERIED, signed: 'bad' }, 'signature:signature'],
    [{ json: TRANSFER_QUERIED, signed: 'probe' }, 'signature:probe'],
    [{ json: { ...TRANSFER_QUERIED, transfer_amount: '12345' } }, 'malformed'],
    [{ json: { ...TRANSFER_QUERIED, transfer_amount: 1.5 } }, 'malformed'],
    ['lost-connection', 'ECONNRESET'],
  ] as const)
    await expect(read(answer)).rejects.toMatchObject({ name: 'WechatPayError', kind: 'unknown', code })
})

test('the same bytes go out after they were stored and restored, though encryption is random', async () => {
  const fake = fakeWechatPay(() => 'lost-connection')
  const prepared = fake.client.prepareTransfer(TRANSFER)
  await fake.client.sendTransfer(prepared, FIRST)
  const restored = restoreRequest(JSON.parse(JSON.stringify(storeRequest(prepared))))
  expect(restored).toEqual(prepared)
  await fake.client.sendTransfer(restored as typeof prepared, { attempt: 2 })
  expect(fake.sent[1]?.rawBody).toEqual(fake.sent[0]?.rawBody)
  expect(fake.client.prepareTransfer(TRANSFER).body).not.toEqual(prepared.body)
})

test('what was stored and is not whole any more is refused: never other bytes under the same number', () => {
  const { client } = fakeWechatPay(() => 'silence')
  const stored = storeRequest(client.prepareTransfer(TRANSFER))
  expect(() => restoreRequest(stored)).not.toThrow()
  for (const changed of [
    { bodyBase64: stored.bodyBase64.slice(0, -3) },
    { bodyBase64: `*${stored.bodyBase64}` },
    ...['endpoint', 'method', 'mchid', 'path', 'number', 'bodyBase64'].map((name) => ({ [name]: undefined })),
    { encryptionKeyId: 7 },
  ])
    expect(() => restoreRequest({ ...stored, ...changed } as never)).toThrow(WechatPayInputError)
})

test("a request that was prepared for one merchant never goes out in another's name: there its number is a new one", async () => {
  const ours = fakeWechatPay(() => 'lost-connection')
  const stored = JSON.parse(JSON.stringify(storeRequest(ours.client.prepareTransfer(TRANSFER))))
  const other = fakeWechatPay(() => ({ json: TRANSFER_CREATED }), { mchid: '1900000002' })
  await expect(
    other.client.sendTransfer(restoreRequest(stored) as never, { attempt: 2 }),
  ).rejects.toMatchObject({ name: 'WechatPayInputError', field: 'mchid' })
  expect(other.sent).toEqual([])
})

test('the header names the key that encrypted the name, even after another key was chosen', async () => {
  const fake = fakeWechatPay(() => ({ json: TRANSFER_CREATED }), {
    platformCertificates: [PLATFORM.certificatePem],
    encryptWith: CERTIFICATE_SERIAL,
  })
  const later = fakeWechatPay(() => ({ json: TRANSFER_CREATED }))
  const prepared = fake.client.prepareTransfer(TRANSFER)
  expect(prepared.encryptionKeyId).toBe(CERTIFICATE_SERIAL)
  await later.client.sendTransfer(prepared, { attempt: 2 })
  expect(later.sent[0]?.headers['wechatpay-serial']).toBe(CERTIFICATE_SERIAL)
})

test('a request prepared for one operation is refused by another, and so is an attempt that is no count', () => {
  const { client } = fakeWechatPay(() => ({ json: REFUND_ANSWER }))
  const transfer = client.prepareTransfer(TRANSFER)
  expect(() => client.sendRefund(transfer as never, FIRST)).toThrow(WechatPayInputError)
  return expect(client.sendTransfer(transfer, { attempt: 0 })).rejects.toThrow(WechatPayInputError)
})

test('the call log holds neither body nor query string, and cannot change an outcome', async () => {
  const fake = fakeWechatPay(() => ({ json: TRANSFER_CREATED }))
  await fake.client.sendTransfer(fake.client.prepareTransfer(TRANSFER), FIRST)
  await fake.client.queryJsapiOrderByOutTradeNo('ORDER_1').catch(() => {})
  expect(fake.records).toHaveLength(2)
  expect(fake.records[0]).toMatchObject({
    endpoint: 'transfer-create',
    method: 'POST',
    attempt: 1,
    class: 'ok',
  })
  expect(fake.records[1]?.path).toBe('/v3/pay/transactions/out-trade-no/ORDER_1')
  expect(JSON.stringify(fake.records)).not.toMatch(/张三|openid-of/)
  const failing = fakeWechatPay(() => ({ json: TRANSFER_CREATED }), {
    onCall: () => {
      throw new Error('log is full')
    },
  })
  expect((await failing.client.sendTransfer(failing.client.prepareTransfer(TRANSFER), FIRST)).kind).toBe(
    'yes',
  )
})

test.each(['http://api.mch.weixin.qq.com', 'https://host/path', 'https://user@host', 'nonsense'])(
  'an origin that is no https origin is refused: %s',
  (origin) => {
    expect(() => fakeWechatPay(() => 'silence', { origins: [origin] })).toThrow(WechatPayInputError)
  },
)

test('whatever a host answers, verified or not, the outcome is typed and never a false yes or no', async () => {
  const json = fc.oneof(
    fc.jsonValue(),
    fc.record({ code: fc.jsonValue(), message: fc.jsonValue() }),
    fc.record({
      out_bill_no: fc.constant(TRANSFER.outBillNo),
      state: fc.jsonValue(),
      create_time: fc.string(),
    }),
  )
  const status = fc.constantFrom(200, 204, 400, 401, 403, 404, 429, 500)
  const prepared = fakeWechatPay(() => 'silence').client.prepareTransfer(TRANSFER)
  await fc.assert(
    fc.asyncProperty(status, json, fc.uint8Array(), fc.boolean(), async (http, value, bytes, asJson) => {
      const answer = asJson ? { status: http, json: value ?? null } : { status: http, raw: bytes }
      const { client } = fakeWechatPay(() => answer)
      expect((await client.sendTransfer(prepared, FIRST)).kind).toBe('unknown')
      const read = await client.queryTransferByOutBillNo('A1').catch((error: unknown) => error)
      expect(read).toBeInstanceOf(WechatPayError)
    }),
    { seed: 20261123, numRuns: 60 },
  )
})
