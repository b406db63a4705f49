import { createHealthCardClient, memoryTokenStore } from '@zhangyi/health-card'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../build-sandbox.ts'
import { freePortBase } from '../kit/free-port-base.ts'
import type { Card } from './cards/card.ts'
import { SEED_PEOPLE } from './cards/seed-cards.ts'
import { HEALTH_CARD_APP } from './credentials.ts'
import { TOKEN_INVALID_CODES } from './result-codes.ts'
import { h5Targets, newPatient, queryOf } from './test-hospital.ts'

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: await freePortBase() })
})
afterAll(() => sandbox.stop())

function connect() {
  const baseUrl = String(sandbox.origins['health-card'])
  const simulator = sandbox.simulators['health-card']
  const client = createHealthCardClient({
    baseUrl,
    ...HEALTH_CARD_APP,
    clock: sandbox.clock,
    tokenStore: memoryTokenStore(),
    config: { tokenInvalidCodes: TOKEN_INVALID_CODES },
  })
  const act = (name: string, input: Record<string, string>) => simulator?.actions[name]?.(input)
  const wechatCode = (person: string) => (act('wechat-code', { person }) as { wechatCode: string }).wechatCode
  const post = async (path: string, form: Record<string, string>) => {
    const body = new URLSearchParams(form)
    const reply = await fetch(`${baseUrl}${path}`, { method: 'POST', body, redirect: 'manual' })
    return String(reply.headers.get('location'))
  }
  return { client, simulator, act, wechatCode, post }
}

const context = { channelNum: 1, relatedUser: { appid: 'wx1', openid: 'o-1' } } as const
const { userFormPageUrl, ...preFillTargets } = h5Targets

test('the published client enrols a new patient over HTTP, childInfo included', async () => {
  const { client, wechatCode, post, simulator } = connect()
  // Another server took a token of its own: the client has to fetch once more and go on.
  await client.getAppToken()
  simulator?.faults.order({ kind: 'wrong-token', operation: 'registerHealthCardPreAuth', times: 1 })
  const preAuth = { wechatCode: wechatCode('p-client'), ...preFillTargets, userFormPageUrl }
  const opened = await client.registerHealthCardPreAuth(preAuth, context)
  if (opened.kind !== 'yes') throw new Error(JSON.stringify(opened))
  const form = await post('/open/bindCard/new', { flow: queryOf(opened.value.bindCardUrl, 'flow') })
  const patient = { ...newPatient, gender: '女' as const, childInfo: { mother: { name: '陈秀兰' } } }
  const filled = await client.registerHealthCardPreFill(
    { authCode: queryOf(form, 'authCode'), ...patient, ...preFillTargets },
    context,
  )
  if (filled.kind !== 'yes') throw new Error(JSON.stringify(filled))
  const orderId = queryOf(filled.value.verifyUrl, 'orderId')
  const done = await post('/open/verify/result', { orderId, method: 'remote', result: 'pass' })
  const card = await client.getHealthCardByHealthCode({ healthCode: queryOf(done, 'healthCode') }, context)
  expect(card).toMatchObject({ kind: 'yes', value: { isSelf: true, card: { name: '王芳', idType: '01' } } })
})

test('the published client verifies, shows codes, binds and reports', async () => {
  const { client, act, wechatCode, post } = connect()
  const [card] = act('cards', { person: 'lihua' }) as [Card]
  const { name, idNumber, idType } = SEED_PEOPLE.liMinghua
  const order = await client.registerUniformVerifyOrder(
    {
      ...{ cardType: '01', idCard: idNumber, name, wechatCode: wechatCode('lihua'), ecardNo: '' },
      ...{ scene: '0101082', useCardType: '11', faceUrl: h5Targets.faceUrl },
      verifySuccessRedirectUrl: 'http://127.0.0.1:8080/h5/r?registerOrderId=${registerOrderId}',
      verifyFailRedirectUrl: 'http://127.0.0.1:8080/h5/f',
    },
    context,
  )
  if (order.kind !== 'yes') throw new Error(JSON.stringify(order))
  const orderId = queryOf(String(order.value.verifyUrl), 'orderId')
  expect(await client.getOrderInfoByOrderId({ orderId, verifyType: 1 }, context)).toEqual({
    ...{ name, idCard: idNumber, cardType: '01' },
  })
  const face = { orderId, wechatCode: wechatCode('lihua'), idCard: idNumber, cardType: '01', name }
  const told = await client.registerRealPersonAuthOrder({ ...face, result: '01', verifyType: 1 }, context)
  expect(told.kind).toBe('yes')
  const done = await post('/open/verify/result', { orderId, method: 'remote', result: 'pass' })
  const verifyResult = queryOf(done, 'registerOrderId')
  const { verifyOrderId } = order.value
  expect(await client.checkUniformVerifyResult({ verifyOrderId, verifyResult }, context)).toMatchObject({
    ...{ suc: true, verifyType: 2, proxy: undefined, healthCardId: card.healthCardId },
  })

  const { healthCardId, qrCodeText } = card
  const shown = await client.getDynamicQRCode({ healthCardId, idType, idNumber }, context)
  expect((await client.verifyQRCode({ qrCodeText: shown.qrCodeText }, context)).name).toBe(name)
  expect((await client.getHealthCardByQRCode({ qrCodeText }, context)).relation).toBe('本人')
  expect((await client.getOrderIdByOutAppId({ qrCodeText }, context)).orderId).toMatch(/^\w{32}$/)
  const report = { qrCodeText: shown.qrCodeText, time: '2026-11-23 09:30:00', hospitalCode: '90003' }
  const kinds = await Promise.all([
    client.bindCardRelation({ patid: 'P1', qrCodeText }, context),
    client.saveScanQrField({ healthCardId, outpatientNum: 'MZ-1' }, context),
    client.reportHISData({ ...report, scene: '0101082', cardType: '11', cardChannel: '0402' }, context),
  ])
  expect(kinds.map(({ kind }) => kind)).toEqual(['yes', 'yes', 'yes'])
})
