import { MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { memoryStore } from '../kit/store.ts'
import type { Card } from './cards/card.ts'
import { SEED_PEOPLE } from './cards/seed-cards.ts'
import { RESULT_CODES } from './result-codes.ts'
import { newPatient, queryOf, testHospital } from './test-hospital.ts'

function withCard(store = memoryStore<unknown>()) {
  const hospital = testHospital(store)
  const [card] = hospital.action('cards', { person: 'lihua' }) as unknown as [Card]
  return { ...hospital, card }
}

test('QR codes: a real PNG, static and dynamic text, looked up and too old', async () => {
  const { call, login, card, clock } = withCard()
  await login()
  const { healthCardId, idType, idNumber } = card
  const dynamic = (await call('getDynamicQRCode', { healthCardId, idType, idNumber, codeType: '0' })).rsp
  expect(Buffer.from(String(dynamic['qrCodeImg']), 'base64').subarray(1, 4).toString()).toBe('PNG')
  expect(dynamic['qrCodeText']).toMatch(/^[0-9a-f]{64}:0:[0-9a-f]{32}$/)
  const fixed = (await call('getDynamicQRCode', { healthCardId, idType, idNumber, codeType: 1 })).rsp
  expect(fixed['qrCodeText']).toBe(`${healthCardId}:1`)

  const ask = (qrCodeText: unknown) => call('getHealthCardByQRCode', { qrCodeText })
  expect((await ask(dynamic['qrCodeText'])).rsp.card).toMatchObject({ healthCardId, relation: '本人' })
  expect((await ask(`${dynamic['qrCodeText']}:desk7`)).commonOut.resultCode).toBe(0)
  const verified = await call('verifyQRCode', { qrCodeText: dynamic['qrCodeText'], medicalStep: '010101' })
  expect(verified.rsp).toMatchObject({ name: '李明华', phone: '13800000210', healthCardId })
  clock.advance(5 * MINUTE_MS)
  expect((await ask(dynamic['qrCodeText'])).commonOut.resultCode).toBe(RESULT_CODES.qrCodeInvalid.code)
  expect((await ask(`${'0'.repeat(64)}:1`)).commonOut.resultCode).toBe(RESULT_CODES.cardNotFound.code)
  const wrong = await call('getDynamicQRCode', { healthCardId, idType, idNumber: newPatient.idNumber })
  expect(wrong.commonOut.resultCode).toBe(RESULT_CODES.cardNotFound.code)
})

test('cards and patids outlive a restart', async () => {
  const store = memoryStore<unknown>()
  const { call, login, card, fillForm, decide } = withCard(store)
  await login()
  expect((await call('bindCardRelation', { patid: 'P77', qrCodeText: card.qrCodeText })).rsp).toEqual({
    result: true,
  })
  await decide((await fillForm('wangfang')).orderId, 'remote', 'pass')
  const restarted = testHospital(store)
  const cards = (person: string) => restarted.action('cards', { person }) as unknown as Card[]
  expect(cards('lihua').map(({ name, patid }) => [name, patid])).toEqual([
    ['李明华', 'P77'],
    ['李小宝', undefined],
    ['陈秀兰', undefined],
  ])
  expect(cards('wangfang')).toMatchObject([newPatient])
  await restarted.login()
  const found = await restarted.call('getHealthCardByQRCode', { qrCodeText: card.qrCodeText })
  expect(found.rsp.card).toMatchObject({ patid: 'P77', healthCardId: card.healthCardId })
})

test('reports need the members of their scene and no known card', async () => {
  const { call, login } = testHospital()
  await login()
  const event = {
    ...{ qrCodeText: `${'ab'.repeat(32)}:1`, time: '2026-11-23 09:30:00', hospitalCode: '90003' },
    ...{ scene: '0101082', cardType: '11', cardChannel: '0402' },
  }
  const codeOf = async (change: object) =>
    (await call('reportHISData', { ...event, ...change })).commonOut.resultCode
  expect(await codeOf({})).toBe(0)
  expect(await codeOf({ scene: '0101011' })).toBe(RESULT_CODES.fieldMissing.code)
  expect(await codeOf({ scene: '0101011', department: '0300' })).toBe(0)
  expect(await codeOf({ scene: '0101051' })).toBe(RESULT_CODES.fieldMissing.code)
  expect(await codeOf({ scene: '0101051', cardCostTypes: '0100' })).toBe(0)
  expect(await codeOf({ time: '2026-11-23T09:30:00' })).toBe(RESULT_CODES.fieldInvalid.code)
  expect(await codeOf({ qrCodeText: 'abc' })).toBe(RESULT_CODES.fieldInvalid.code)
})

test('legacy registration spends the wechatCode on success only; −10044 on demand', async () => {
  const { call, login, wechatCode, simulator } = testHospital()
  await login()
  const code = wechatCode('p-old')
  const register = (change: object = {}) =>
    call('registerHealthCard', { wechatCode: code, ...newPatient, ...change })
  simulator.faults.order({ kind: 'partner-org-missing', operation: 'registerHealthCard', times: 1 })
  const refused = await register()
  expect(refused.commonOut.resultCode).toBe(-10044)
  expect(refused.rsp).toMatchObject({ qrCodeText: '', healthCardId: '' })
  expect((await register({ idNumber: '1' })).commonOut.resultCode).toBe(RESULT_CODES.idNumberInvalid.code)
  const done = await register({ patid: 'P1' })
  expect(done.rsp['qrCodeText']).toBe(`${done.rsp['healthCardId']}:1`)
  expect(JSON.parse(String(done.rsp['adminExt']))).toMatchObject({ id_type: '居民身份证', name: '王芳' })
  expect((await register()).commonOut.resultCode).toBe(RESULT_CODES.wechatCodeUsed.code)
})

test('the card package and the code page', async () => {
  const { call, login, card, open } = withCard()
  await login()
  const { orderId } = (await call('getOrderIdByOutAppId', { qrCodeText: card.qrCodeText })).rsp
  const taken = await open(`/open/takeMsCard?order_id=${orderId}&redirect_uri=%2Fpages%2Fcard%2Findex`)
  expect(taken.body).toContain('data:image/png;base64,')
  expect(taken.body).toContain('data-mini-path="/pages/card/index"')
  const { healthCardId } = card
  const { fieldCode } = (await call('saveScanQrField', { healthCardId, outpatientNum: 'MZ-9' })).rsp
  const page = await open(`/open/healthcode?healthCardId=${healthCardId}&fieldCode=${fieldCode}`)
  expect(page.body).toContain('MZ-9')
  expect((await open('/open/takeMsCard?order_id=none')).statusCode).toBe(409)
})

test('getUserCode comes back with a code of the person of the cookie, to this machine only', async () => {
  const { open, call, login, action } = testHospital()
  await login()
  const back = await open(
    '/open/getUserCode?redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fh5%3Fa%3D1',
    'p-cookie',
  )
  expect(back.statusCode).toBe(302)
  expect(back.headers.location).toMatch(/^http:\/\/localhost:8080\/h5\?a=1&wechatCode=[0-9a-f]{32}$/)
  const wechatCode = queryOf(String(back.headers.location), 'wechatCode')
  await call('registerHealthCard', { wechatCode, ...newPatient })
  expect(action('cards', { person: 'p-cookie' })).toHaveLength(1)
  const bad = ['', '/h5', 'https://evil.example/', 'javascript:alert(1)', 'http://127.0.0.1@evil.example/']
  for (const address of bad) {
    const refused = await open(`/open/getUserCode?redirect_uri=${encodeURIComponent(address)}`)
    expect([refused.statusCode, refused.body.includes('回调地址不合法')]).toEqual([403, true])
  }
})

test('getHealthCardList answers with a healthCode, 0 or -1', async () => {
  const { call, login, card, open, post } = withCard()
  await login()
  const redirect_uri = 'http://127.0.0.1:8080/back'
  const page = await open(`/open/getHealthCardList?redirect_uri=${encodeURIComponent(redirect_uri)}`)
  expect(page.body).toContain('李*宝')
  const choose = async (choice: string, person = 'lihua') => {
    const { headers } = await post('/open/getHealthCardList', { redirect_uri, choice }, person)
    return queryOf(String(headers.location), 'healthCode')
  }
  expect([await choose('0'), await choose('-1'), await choose(card.healthCardId, 'p-other')]).toEqual([
    ...['0', '-1', '-1'],
  ])
  const { rsp } = await call('getHealthCardByHealthCode', { healthCode: await choose(card.healthCardId) })
  expect(rsp.card).toMatchObject({ name: SEED_PEOPLE.liMinghua.name })
})

test('a redirect to another machine is refused when it comes to it, unless the host was allowed', async () => {
  const { login, fillForm, decide, action } = testHospital()
  await login()
  const targets = {
    successRedirectUrl: 'https://hospital.example/done?c=${healthCode}',
    failRedirectUrl: 'https://hospital.example/out?c=${regInfoCode}',
    userFormPageUrl: 'http://127.0.0.1/form?authCode=${authCode}',
    verifyFailRedirectUrl: 'https://hospital.example/failed',
    faceUrl: '/pages/face',
  }
  const first = await decide((await fillForm('p-far', newPatient, targets)).orderId, 'remote', 'pass')
  expect(first.statusCode).toBe(403)
  action('settings', { callbackHosts: ['127.0.0.1', 'hospital.example'] })
  const second = await decide((await fillForm('p-far', newPatient, targets)).orderId, 'remote', 'pass')
  expect(second.headers.location).toContain('https://hospital.example/done?c=')
})
