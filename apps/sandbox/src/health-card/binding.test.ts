import { MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { SEED_PEOPLE } from './cards/seed-cards.ts'
import { RESULT_CODES } from './result-codes.ts'
import {
  h5Targets,
  location,
  miniPath,
  miniTargets,
  newPatient,
  queryOf,
  testHospital,
} from './test-hospital.ts'

test('a bound card: choose, verify, back with a healthCode that is good once', async () => {
  const { call, login, startFlow, open, choose, decide } = testHospital()
  await login()
  const { flow } = await startFlow('lihua')
  const page = await open(`/open/bindCard?flow=${flow}`)
  expect(page.body).toContain('李*华')
  expect(page.body).toContain('330102********2210')
  expect(page.body).not.toContain(SEED_PEOPLE.liMinghua.idNumber)
  const cards = [...page.body.matchAll(/name="card" value="(\w{64})"/g)].map((match) => String(match[1]))
  expect(cards).toHaveLength(3)
  const orderId = await choose(flow, String(cards[0]))
  expect((await open(`/open/verify/method?orderId=${orderId}&method=remote`)).body).toContain(
    '模拟：验证通过',
  )
  const done = await decide(orderId, 'remote', 'pass')
  expect([done.statusCode, location(done)]).toEqual([
    303,
    expect.stringContaining('http://127.0.0.1:8080/h5/done?healthCode='),
  ])
  const healthCode = queryOf(location(done), 'healthCode')
  const { rsp } = await call('getHealthCardByHealthCode', { healthCode })
  const { relation: _relation, ...card } = SEED_PEOPLE.liMinghua
  expect(rsp).toMatchObject({ isSelf: true, card: { ...card, phone2: '', patid: '', verifyStatus: true } })
  expect(rsp.card).not.toHaveProperty('relation')
  expect(rsp.card?.['qrCodeText']).toBe(`${rsp.card?.['healthCardId']}:1`)
  const again = await call('getHealthCardByHealthCode', { healthCode })
  expect(again.commonOut.resultCode).toBe(RESULT_CODES.healthCodeUsed.code)
})

test('a mini program gets its page path machine-readably, with and without success', async () => {
  const { login, startFlow, choose, decide, open, action } = testHospital()
  await login()
  const [card] = action('cards', { person: 'zhaodaye' }) as unknown as { healthCardId: string }[]
  const { flow } = await startFlow('zhaodaye', miniTargets)
  const passed = await decide(await choose(flow, String(card?.healthCardId)), 'family', 'pass')
  expect(passed.statusCode).toBe(200)
  expect(passed.body).toContain('回到小程序')
  expect(miniPath(passed.body)).toMatch(/^\/pages\/enrol\/done\?healthCode=[0-9a-f]{32}$/)
  const second = await startFlow('zhaodaye', miniTargets)
  const declined = await open(`/open/bindCard/decline?flow=${second.flow}`)
  expect(miniPath(declined.body)).toBe('/pages/enrol/failed')
  const given = await open(
    `/open/verify/give-up?orderId=${await choose(second.flow, String(card?.healthCardId))}`,
  )
  expect(miniPath(given.body)).toBe('/pages/enrol/failed')
})

test('a new card: form with authCode, PreFill, verification, card in the list, authCode spent', async () => {
  const { call, login, fillForm, decide, action } = testHospital()
  await login()
  const { orderId, req } = await fillForm('wangfang')
  expect(action('cards', { person: 'wangfang' })).toHaveLength(0)
  const done = await decide(orderId, 'remote', 'pass')
  const { rsp } = await call('getHealthCardByHealthCode', {
    healthCode: queryOf(location(done), 'healthCode'),
  })
  const { relation: _relation, ...person } = newPatient
  expect(rsp.card).toMatchObject(person)
  expect(action('cards', { person: 'wangfang' })).toMatchObject([newPatient])
  const again = await call('registerHealthCardPreFill', req)
  expect(again.commonOut.resultCode).toBe(RESULT_CODES.authCodeUsed.code)
})

test('PreFill refuses what is no resident ID as type 01, codes for names, and half a form', async () => {
  const { login, fillForm } = testHospital()
  await login()
  const ask = async (change: object) =>
    (await fillForm('p-fill', { ...newPatient, ...change })).reply.commonOut.resultCode
  expect(await ask({ idNumber: '330102199308153220' })).toBe(RESULT_CODES.idNumberInvalid.code)
  expect(await ask({ idNumber: '810000199408230021' })).toBe(RESULT_CODES.idNumberInvalid.code)
  expect(await ask({ nation: '01' })).toBe(RESULT_CODES.fieldInvalid.code)
  expect(await ask({ birthday: '1993-02-30' })).toBe(RESULT_CODES.fieldInvalid.code)
  expect(await ask({ phone1: ' ' })).toBe(RESULT_CODES.fieldMissing.code)
})

test('a passport holder confirms the document and the card says so', async () => {
  const { call, login, fillForm, open, decide } = testHospital()
  await login()
  const passport = { ...newPatient, name: 'John Smith', idType: '03', idNumber: 'E12345678', nation: '其他' }
  const { orderId } = await fillForm('john', passport)
  const page = await open(`/open/verify?orderId=${orderId}`)
  expect(page.body).toContain('不支持人脸识别')
  expect(page.body).toContain('确认证件信息')
  expect((await decide(orderId, 'face', 'pass')).statusCode).toBe(409)
  const done = await decide(orderId, 'document', 'pass')
  const { rsp } = await call('getHealthCardByHealthCode', {
    healthCode: queryOf(location(done), 'healthCode'),
  })
  expect(rsp.card).toMatchObject({ name: 'John Smith', verifyStatus: false })
})

test('card management out of order: regInfoCode at failRedirectUrl, no card, wechatCode stays good', async () => {
  const { call, login, fillForm, decide, action, simulator } = testHospital()
  await login()
  const { orderId } = await fillForm('p-outage')
  simulator.faults.order({ kind: 'card-management-outage', times: 1 })
  const done = await decide(orderId, 'remote', 'pass')
  expect(location(done)).toContain('http://127.0.0.1:8080/h5/outage?regInfoCode=')
  const code = queryOf(location(done), 'regInfoCode')
  const { rsp } = await call('getRegInfoByCode', { code })
  expect(rsp).toMatchObject({ name: '王芳', idNumber: newPatient.idNumber, isSelf: true, verifyStatus: true })
  expect(rsp).not.toHaveProperty('healthCardId')
  expect((await call('getRegInfoByCode', { code })).commonOut.resultCode).toBe(
    RESULT_CODES.regInfoCodeUsed.code,
  )
  expect(action('cards', { person: 'p-outage' })).toHaveLength(0)
})

test('a wechatCode lives 30 minutes and is spent only when a card was registered', async () => {
  const { call, login, startFlow, choose, decide, open, clock, wechatCode } = testHospital()
  await login()
  const preAuth = async (code: string) =>
    (await call('registerHealthCardPreAuth', { wechatCode: code, ...h5Targets })).commonOut.resultCode
  const old = wechatCode('lihua')
  clock.advance(30 * MINUTE_MS - 1)
  expect(await preAuth(old)).toBe(0)
  clock.advance(1)
  expect(await preAuth(old)).toBe(RESULT_CODES.wechatCodeExpired.code)
  expect(await preAuth('nonsense')).toBe(RESULT_CODES.wechatCodeInvalid.code)

  const { flow, wechatCode: fresh } = await startFlow('lihua')
  const card = /name="card" value="(\w+)"/.exec((await open(`/open/bindCard?flow=${flow}`)).body)?.[1]
  await decide(await choose(flow, String(card)), 'remote', 'fail')
  expect(await preAuth(fresh)).toBe(0)
  // Two pages of one authorisation: the second to arrive finds the code spent.
  const [first, second] = [await choose(flow, String(card)), await choose(flow, String(card))]
  expect(location(await decide(first, 'remote', 'pass'))).toContain('healthCode=')
  const late = await decide(second, 'remote', 'pass')
  expect([late.statusCode, late.headers.location]).toEqual([409, undefined])
  expect(late.body).toContain('href="http://127.0.0.1:8080/h5/failed"')
  expect(await preAuth(fresh)).toBe(RESULT_CODES.wechatCodeUsed.code)
  expect((await open(`/open/bindCard?flow=${flow}`)).statusCode).toBe(409)
})

test('healthCodes: 30 minutes; the latest two; the older dies five minutes after the newer', async () => {
  const { call, login, action, clock } = testHospital()
  const [card] = action('cards', { person: 'lihua' }) as unknown as { healthCardId: string }[]
  const issue = () => String(action('health-code', { healthCardId: card?.healthCardId })['healthCode'])
  const use = async (healthCode: string) =>
    (await call('getHealthCardByHealthCode', { healthCode })).commonOut.resultCode
  await login()

  const [first, second, third] = [issue(), issue(), issue()]
  expect(await use(first)).toBe(RESULT_CODES.healthCodeExpired.code)
  clock.advance(5 * MINUTE_MS - 1)
  expect(await use(second)).toBe(0)
  const fourth = issue()
  clock.advance(5 * MINUTE_MS)
  expect(await use(third)).toBe(RESULT_CODES.healthCodeExpired.code)
  clock.advance(25 * MINUTE_MS - 1)
  expect(await use(fourth)).toBe(0)
  const fifth = issue()
  clock.advance(30 * MINUTE_MS)
  expect(await use(fifth)).toBe(RESULT_CODES.healthCodeExpired.code)
})

test('the platform asks only what a card lacks to be asked: null leaves a field empty', async () => {
  const { call, login, action } = testHospital()
  await login()
  const card = action('seed-card', {
    ...{ person: 'p-gaps', name: '周一', idNumber: SEED_PEOPLE.chenXiulan.idNumber },
    ...{ nation: null, address: null },
  })
  const { healthCode } = action('health-code', { healthCardId: card['healthCardId'] })
  const { rsp } = await call('getHealthCardByHealthCode', { healthCode })
  expect(rsp.card).toMatchObject({ nation: '', address: '', birthday: '1993-08-15', gender: '女' })
  expect(() => action('seed-card', { person: 'x y', name: '周一', idNumber: '1' })).toThrow()
})
