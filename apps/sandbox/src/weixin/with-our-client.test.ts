import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HOUR_MS, MINUTE_MS, Sensitive } from '@zhangyi/core'
import {
  answerUrlCheck,
  type CallbackDocument,
  FACE_RESULTS as CLIENT_RESULTS,
  certHash,
  valueTypeOf as clientTypeOf,
  createAccessTokens,
  createCaller,
  dedupeKey,
  exchangeMiniProgramCode,
  exchangeOAuthCode,
  formatValue,
  getUnlimitedCode,
  getVerifyId,
  memoryTokenStore,
  oauthPage,
  openCallback,
  queryVerifyInfo,
  readTemplateDelivery,
  sendChannelMessage,
  sendSubscribeMessage,
  sendTemplateMessage,
} from '@zhangyi/wechat'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { MESSAGE_PUSH, MINI_PROGRAM, OFFICIAL_ACCOUNT, type WeixinApp } from './credentials.ts'
import { FACE_RESULTS } from './face/face-results.ts'
import { SANDBOX_TEMPLATES, TEMPLATES } from './messages/templates.ts'
import { valueProblem } from './messages/value-types.ts'
import { personCookie } from './persons.ts'
import { testWeixin } from './test-weixin.ts'

const LI = { name: '李明华', idNumber: '330102199001012210', openid: 'o-mini-lihua' }

const TEXTS = {
  name1: '李*华',
  character_string2: '****0931',
  amount3: '128.50元',
  thing4: '请在微信里确认收款，钱才会到账，24 小时内有效',
}

/** Our client against the simulator on a port of its own. */
async function connect() {
  const weixin = testWeixin()
  const apiOrigin = await weixin.app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => weixin.app.close())
  const { clock } = weixin
  const callerOf = ({ appid, secret }: WeixinApp) => {
    const transport = { apiOrigin, clock, wait: async () => {} }
    const tokens = createAccessTokens({ ...transport, appid, secret, store: memoryTokenStore() })
    return createCaller({ ...transport, tokens })
  }
  const login = (app: WeixinApp) => ({ apiOrigin, ...app })
  return { ...weixin, apiOrigin, login, mini: callerOf(MINI_PROGRAM), official: callerOf(OFFICIAL_ACCOUNT) }
}

test('login of both kinds; a snapshot visitor is refused', async () => {
  const { act, app, login, apiOrigin } = await connect()
  const { code } = await act('mini-program-code', { person: 'lihua' })
  expect(await exchangeMiniProgramCode(login(MINI_PROGRAM), String(code))).toEqual({
    ...{ appid: MINI_PROGRAM.appid, openid: 'o-mini-lihua', unionid: 'u-lihua' },
  })
  await expect(exchangeMiniProgramCode(login(MINI_PROGRAM), String(code))).rejects.toMatchObject({
    errcode: 40163,
  })
  const oauth = async (person: string) => {
    const page = new URL(oauthPage(apiOrigin, OFFICIAL_ACCOUNT.appid, 'http://127.0.0.1:8080/h5/', 's'))
    const reply = await app.inject({
      url: page.pathname + page.search,
      headers: { cookie: personCookie(person) },
    })
    const back = new URL(String(reply.headers.location))
    return exchangeOAuthCode(login(OFFICIAL_ACCOUNT), String(back.searchParams.get('code')))
  }
  expect(await oauth('lihua')).toMatchObject({ openid: 'o-mpac-lihua', unionid: undefined })
  await expect(oauth('snapshot')).rejects.toMatchObject({ kind: 'refused' })
})

test('a token is shared, replaced near its end, and replaced when somebody revoked it', async () => {
  const { mini, simulator, clock, faults } = await connect()
  const code = () => getUnlimitedCode(mini, { scene: 'k-7F3K', page: 'pages/refund/refund' })
  const asked = () => simulator.calls.filter(({ operation }) => operation === 'stable_token').length
  await code()
  await code()
  expect(asked()).toBe(1)
  clock.advance(2 * HOUR_MS - 4 * MINUTE_MS)
  await code()
  expect(asked()).toBe(2)
  faults.order({ kind: 'token-revoked', times: 1 })
  await code()
  expect(asked()).toBe(3)
  clock.advance(9 * HOUR_MS)
  expect(Buffer.from((await code()).bytes.subarray(1, 4)).toString()).toBe('PNG')
})

test('a face check from start to grant; pending before; another person is told nothing', async () => {
  const { mini, act } = await connect()
  const started = await getVerifyId(mini, {
    outSeqNo: 'seq-client-1',
    certName: new Sensitive(LI.name),
    certNo: new Sensitive(LI.idNumber),
    openid: LI.openid,
  })
  if (started.kind !== 'yes') throw new Error('not started')
  const { verifyId } = started.value
  const question = {
    ...{ verifyId, outSeqNo: 'seq-client-1', openid: LI.openid },
    certHash: certHash(new Sensitive(LI.name), new Sensitive(LI.idNumber)),
  }
  expect(await queryVerifyInfo(mini, question)).toMatchObject({ passed: false, action: 'pending' })
  await act('decide-face', { verifyId, verifyRet: 10000 })
  expect(await queryVerifyInfo(mini, question)).toMatchObject({ passed: true, action: 'grant' })
  await expect(queryVerifyInfo(mini, { ...question, openid: 'o-mini-wangfang' })).rejects.toMatchObject({
    kind: 'refused',
    errcode: 84001,
  })
})

test('every result of the simulator is in the client’s table, and the other way round', () => {
  const codes = (rows: readonly { readonly code: number }[]) =>
    rows.map(({ code }) => code).filter((code) => code !== 10300)
  expect(codes(FACE_RESULTS).sort()).toEqual(codes(CLIENT_RESULTS).sort())
})

test('what the client formats for a field, WeChat’s rule for the field allows', () => {
  const keys = TEMPLATES.flatMap(({ fields }) => fields.map(({ key }) => key)).filter(
    (key) => !/^(const|enum)/.test(key),
  )
  const likely = [
    '12.34',
    '￥128.5元',
    '2026-11-23 09:00',
    '2026年11月23日 9:00',
    '浙A12345',
    '李*华',
    '已受理',
    'ZY-7F3K',
  ]
  const texts = fc.oneof(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.constantFrom(...likely))
  let formatted = 0
  fc.assert(
    fc.property(fc.constantFrom(...keys), texts, (key, text) => {
      const type = clientTypeOf(key)
      if (!type) throw new Error(`the client does not know ${key}`)
      try {
        const value = formatValue(type, key, text)
        formatted++
        expect([key, value, valueProblem(key, value)]).toEqual([key, value, undefined])
      } catch (error) {
        // Refused before sending: that is the other right answer.
        if ((error as Error).name !== 'WechatInputError') throw error
      }
    }),
    { seed: 20261123, numRuns: 500 },
  )
  expect(formatted).toBeGreaterThan(50)
})

test('messages of all three channels, and the refusals that choose another one', async () => {
  const { mini, official, act } = await connect()
  const template = (openid: string, clientMsgId: string) =>
    sendTemplateMessage(official, { openid, templateId: SANDBOX_TEMPLATES.refund, texts: TEXTS, clientMsgId })
  expect(await template('o-mpac-lihua', 'c-1')).toMatchObject({ kind: 'yes' })
  expect(await template('o-mpac-lihua', 'c-1')).toMatchObject({ kind: 'yes' })
  expect(await template('o-mpac-wangfang', 'c-2')).toMatchObject({ kind: 'no', code: '43004' })
  const subscribe = () =>
    sendSubscribeMessage(mini, {
      ...{ openid: 'o-mini-wangfang', templateId: SANDBOX_TEMPLATES.subscribeRefund, texts: TEXTS },
      page: 'pages/refund/refund',
    })
  expect(await subscribe()).toMatchObject({ kind: 'no', code: '43101' })
  await act('accept-subscription', { person: 'wangfang', templateIds: [SANDBOX_TEMPLATES.subscribeRefund] })
  expect(await subscribe()).toMatchObject({ kind: 'yes' })
  const channel = () =>
    sendChannelMessage(
      official,
      {
        status: 1505001,
        fields: { pat_name: { from: 'name' }, remark: { fixed: '请到小程序查看' } },
        page: { page_type: 'web', url: 'https://h5.example/refunds' },
      },
      { openid: 'o-mini-wangfang', orderId: 'care-1', msgId: 'm-1', facts: { name: '王*' } },
    )
  expect([await channel(), await channel()]).toMatchObject([{ kind: 'yes' }, { kind: 'yes' }])
  expect(await act('messages', { person: 'lihua' })).toHaveLength(1)
  expect(await act('messages', { person: 'wangfang' })).toMatchObject([
    { channel: 'channel' },
    { channel: 'subscribe' },
  ])
})

test('a lost reply leaves a message unknown; the same number does not send it twice', async () => {
  const { official, act, faults } = await connect()
  const send = () =>
    sendTemplateMessage(official, {
      ...{ openid: 'o-mpac-lihua', templateId: SANDBOX_TEMPLATES.refund, texts: TEXTS, clientMsgId: 'c-1' },
    })
  faults.order({ kind: 'reply-lost', operation: 'message/template/send', times: 1 })
  expect(await send()).toMatchObject({ kind: 'unknown' })
  expect(await send()).toMatchObject({ kind: 'yes' })
  expect(await act('messages')).toHaveLength(1)
})

test('the event of a delivery opens in our client and names the message that was sent', async () => {
  const { official, act, clock } = await connect()
  const options = {
    ...{ appid: OFFICIAL_ACCOUNT.appid, token: MESSAGE_PUSH.token, clock },
    encodingAesKey: MESSAGE_PUSH.encodingAesKey,
  }
  const opened: CallbackDocument[] = []
  const server = createServer((request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://127.0.0.1').searchParams)
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      if (request.method === 'GET') return response.end(answerUrlCheck(options, query))
      opened.push(openCallback(options, query, body))
      return response.end('success')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  await act('set-callback-url', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx` })
  const sent = await sendTemplateMessage(official, {
    ...{ openid: 'o-mpac-lihua', templateId: SANDBOX_TEMPLATES.refund, texts: TEXTS, clientMsgId: 'c-1' },
  })
  await act('deliver-due')
  expect(opened).toHaveLength(1)
  const [event] = opened as [CallbackDocument]
  expect(dedupeKey(event)).toEqual(expect.any(String))
  const msgId = sent.kind === 'yes' ? sent.value.msgId : undefined
  expect(readTemplateDelivery(event)).toMatchObject({ msgId })
})
