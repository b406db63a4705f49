import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { ManualClock, memoryTokenStore } from '@zhangyi/core'
import { expect, onTestFinished, test } from 'vitest'
import { createHealthCardClient } from './client.ts'
import { HealthCardError } from './errors.ts'
import type { CallRecord, HealthCardOptions } from './options.ts'
import { signRequest } from './sign.ts'

const APP = { appId: 'app', appSecret: 'secret', hospitalId: '90003' }
const MINI = { channelNum: 1, relatedUser: { appid: 'wx1', openid: 'o1' } } as const

interface Envelope {
  readonly commonIn: Record<string, unknown> & { readonly sign: string; readonly appToken: string }
  readonly req: Record<string, unknown>
}

/** Answers a call: an object is the `rsp`, a number a resultCode, a function does as it likes with the connection. */
type Answer = object | number | ((response: ServerResponse) => void)

/** A platform of a few lines; `answer` gets every call but getAppToken. */
async function platform(answer: (operation: string, envelope: Envelope) => Answer) {
  const received: { operation: string; envelope: Envelope }[] = []
  let tokens = 0
  const server = createServer(async (request, response) => {
    const envelope = (await body(request)) as Envelope
    const operation = request.url?.split('/').at(-1) ?? ''
    received.push({ operation, envelope })
    const answered =
      operation === 'getAppToken'
        ? { appToken: `token-${++tokens}`, expiresIn: '7200' }
        : answer(operation, envelope)
    if (typeof answered === 'function') return answered(response)
    const code = typeof answered === 'number' ? answered : 0
    const rsp = typeof answered === 'number' ? { appToken: '' } : answered
    response.end(
      JSON.stringify({
        commonOut: { requestId: 'r', resultCode: code, errMsg: code === 0 ? '成功' : '失败' },
        rsp,
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  const clock = new ManualClock()
  const records: CallRecord[] = []
  const options: HealthCardOptions = {
    ...APP,
    baseUrl: `http://127.0.0.1:${port}`,
    clock,
    tokenStore: memoryTokenStore(),
    timeoutMs: 5_000,
    onCall: (call) => records.push(call),
  }
  return { options, received, records, clock, client: createHealthCardClient(options), tokens: () => tokens }
}

async function body(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

const CARD = {
  qrCodeText: `${'a'.repeat(64)}:1`,
  name: '李明华',
  idNumber: '330102199001012210',
  gender: '男',
  phone1: '13800000210',
}

test('the body that is sent carries the sign of exactly what is sent', async () => {
  const { client, received } = await platform(() => ({ card: CARD }))
  await client.getHealthCardByHealthCode({ healthCode: 'H1' }, MINI)
  const { commonIn, req } = received.at(-1)?.envelope ?? { commonIn: { sign: '' }, req: {} }
  expect(signRequest(commonIn, req, APP.appSecret)).toBe(commonIn.sign)
  expect(commonIn).toMatchObject({
    channelNum: 1,
    relateAppId: 'wx1',
    relateOpenId: 'o1',
    requestId: expect.stringMatching(/^[0-9A-F]{32}$/),
  })
})

const BROKEN: readonly [string, (response: ServerResponse) => void][] = [
  ['a reply cut before its end', (response) => response.destroy()],
  ['half a JSON', (response) => void response.end('{"commonOut": {"resultCode": 0')],
  ['JSON without commonOut', (response) => void response.end('{"ok":true}')],
  ['a 502 page', (response) => void response.writeHead(502).end('<html>')],
  ['a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['a reply larger than the limit', (response) => void response.end(' '.repeat(2 * 1024 * 1024))],
]

test.each(BROKEN)('%s after a spent code is unknown, and nothing is sent twice', async (_, answer) => {
  const { client, received } = await platform(() => answer)
  const outcome = await client.getHealthCardByHealthCode({ healthCode: 'H1' }, MINI)
  expect(outcome.kind).toBe('unknown')
  expect(received.filter(({ operation }) => operation === 'getHealthCardByHealthCode')).toHaveLength(1)
})

test('no answer within the limit is unknown', async () => {
  const { options } = await platform(() => () => {})
  const client = createHealthCardClient({ ...options, timeoutMs: 150 })
  expect(await client.getHealthCardByHealthCode({ healthCode: 'H1' }, MINI)).toMatchObject({
    kind: 'unknown',
    cause: 'timeout',
  })
})

test('a refused connection was surely not carried out: no, by transport', async () => {
  const { options } = await platform(() => ({}))
  const client = createHealthCardClient({ ...options, baseUrl: 'http://127.0.0.1:1' })
  expect(await client.bindCardRelation({ patid: 'P', qrCodeText: 'q' }, MINI)).toMatchObject({
    kind: 'no',
    code: 'transport',
  })
  await expect(client.getOrderInfoByOrderId({ orderId: 'o', verifyType: 1 }, MINI)).rejects.toMatchObject({
    kind: 'transport',
  })
})

test('a business refusal is no with the code; for a read it is a platform error without the words', async () => {
  const { client } = await platform(() => -10044)
  expect(await client.reportHISData(REPORT, MINI)).toMatchObject({ kind: 'no', code: '-10044' })
  const error = await client
    .getOrderInfoByOrderId({ orderId: 'o', verifyType: 1 }, MINI)
    .catch((thrown) => thrown)
  expect(error).toBeInstanceOf(HealthCardError)
  expect(error).toMatchObject({ kind: 'platform', code: '-10044' })
  expect(error.message).not.toContain('失败')
})

const REPORT = {
  qrCodeText: 'q',
  time: '2026-11-23 09:00:00',
  hospitalCode: '90003',
  scene: '0101081',
  cardType: '11',
  cardChannel: '0402',
}

test('an invalid token is refreshed once and the refused call made once more', async () => {
  let refusals = 1
  const { options, tokens } = await platform(() => (refusals-- > 0 ? -90002 : { none: '' }))
  const client = createHealthCardClient({ ...options, config: { tokenInvalidCodes: [-90002] } })
  expect((await client.reportHISData(REPORT, MINI)).kind).toBe('yes')
  expect(tokens()).toBe(2)
})

test('a token refused twice is the answer: no endless refreshing', async () => {
  const { options, received } = await platform(() => -90002)
  const client = createHealthCardClient({ ...options, config: { tokenInvalidCodes: [-90002] } })
  expect(await client.reportHISData(REPORT, MINI)).toMatchObject({ kind: 'no', code: '-90002' })
  expect(received.filter(({ operation }) => operation === 'reportHISData')).toHaveLength(2)
})

test('many calls at once share one token, and it is refreshed before its end', async () => {
  const { client, clock, tokens } = await platform(() => ({ none: '' }))
  await Promise.all(Array.from({ length: 20 }, () => client.reportHISData(REPORT, MINI)))
  expect(tokens()).toBe(1)
  clock.advance((7_200 - 61) * 1_000)
  await client.reportHISData(REPORT, MINI)
  expect(tokens()).toBe(1)
  clock.advance(2_000)
  await client.reportHISData(REPORT, MINI)
  expect(tokens()).toBe(2)
})

test('suc false under resultCode 0 is not verified; an empty verifyUrl is visible and is no verification', async () => {
  const { client } = await platform((operation) =>
    operation === 'checkUniformVerifyResult'
      ? { suc: 'false', verifyType: 1 }
      : { verifyUrl: '', verifyOrderId: 'v1' },
  )
  expect(
    await client.checkUniformVerifyResult({ verifyOrderId: 'v', verifyResult: 'r' }, MINI),
  ).toMatchObject({ suc: false })
  expect(await client.registerUniformVerifyOrder(VERIFY, MINI)).toMatchObject({
    kind: 'yes',
    value: { verifyUrl: undefined },
  })
  expect(await client.registerHealthCardPreFill(FORM, MINI)).toMatchObject({
    kind: 'no',
    code: 'empty-verify-url',
  })
})

const VERIFY = {
  cardType: '01',
  idCard: '330102199001012210',
  name: '李明华',
  wechatCode: 'W-secret',
  scene: '0101081',
  useCardType: '11',
  verifySuccessRedirectUrl: 'https://h.example/ok?o=${registerOrderId}',
  verifyFailRedirectUrl: 'https://h.example/no',
} as const
const FORM = {
  authCode: 'A-secret',
  name: '李明华',
  gender: '男',
  nation: '汉族',
  birthday: '1990-01-01',
  idNumber: '330102199001012210',
  idType: '01',
  phone1: '13800000210',
  address: '解放路 1 号',
  childInfo: { mother: { name: '王秀英', idNumber: '330102196001012225', phone: '13900000225' } },
  successRedirectUrl: 'https://h.example/ok?c=${healthCode}',
  failRedirectUrl: 'https://h.example/fail?c=${regInfoCode}',
  verifyFailRedirectUrl: 'https://h.example/no',
  faceUrl: '/pages/face/face',
} as const

test('parents lie flat on the wire', async () => {
  const { client, received } = await platform(() => ({ verifyUrl: 'https://p.example/v' }))
  await client.registerHealthCardPreFill(FORM, MINI)
  expect(received.at(-1)?.envelope.req.childInfo).toEqual({
    motherName: '王秀英',
    motherIdNumber: '330102196001012225',
    motherPhone: '13900000225',
  })
})

test('older names of the card members are understood', async () => {
  const { client } = await platform(() => ({
    card: { qrCodeText: 'q', name: '李明华', idCard: '330102199001012210', cardType: '01' },
    isSelf: 'true',
  }))
  expect(await client.getHealthCardByHealthCode({ healthCode: 'H1' }, MINI)).toMatchObject({
    kind: 'yes',
    value: { isSelf: true, card: { idNumber: '330102199001012210', idType: '01' } },
  })
})

test('what the call log gets holds no name, number, phone, address, code, token or sign', async () => {
  const { client, records } = await platform((operation) =>
    operation === 'registerHealthCardPreFill'
      ? { verifyUrl: 'https://p.example/v?orderId=O-secret' }
      : { card: { ...CARD, surprise: '13800000210' } },
  )
  await client.registerHealthCardPreFill(FORM, MINI)
  await client.getHealthCardByHealthCode({ healthCode: 'H-secret' }, MINI)
  const kept = JSON.stringify(records)
  for (const secret of [
    '李明华',
    '王秀英',
    '330102199001012210',
    '13800000210',
    '解放路',
    'A-secret',
    'H-secret',
    'O-secret',
    'token-1',
    'aaaaaaaa',
  ])
    expect(kept).not.toContain(secret)
  expect(records).toHaveLength(3)
})

test('a log that fails does not turn a done call into another outcome', async () => {
  const { options } = await platform(() => ({ none: '' }))
  const client = createHealthCardClient({
    ...options,
    onCall: () => {
      throw new Error('disk full')
    },
  })
  expect((await client.reportHISData(REPORT, MINI)).kind).toBe('yes')
})
