import { MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { SEED_PEOPLE } from './cards/seed-cards.ts'
import { RESULT_CODES } from './result-codes.ts'
import { h5Targets, location, miniPath, newPatient, queryOf, testHospital } from './test-hospital.ts'

const { liMinghua, liXiaobao } = SEED_PEOPLE

const queryTargets = {
  verifySuccessRedirectUrl: 'http://127.0.0.1:8080/h5/reports?registerOrderId=${registerOrderId}',
  verifyFailRedirectUrl: 'http://127.0.0.1:8080/h5/other-way',
  faceUrl: h5Targets.faceUrl,
}

function verifier() {
  const hospital = testHospital()
  const order = async (subject: { name: string; idNumber: string }, change: object = {}) => {
    const code = hospital.wechatCode('lihua')
    const reply = await hospital.call('registerUniformVerifyOrder', {
      ...{ cardType: '01', idCard: subject.idNumber, name: subject.name, wechatCode: code, ecardNo: '' },
      ...{
        scene: '0101082',
        department: '',
        useCardType: '11',
        cardCostTypes: '',
        ...queryTargets,
        ...change,
      },
    })
    const orderId = queryOf(String(reply.rsp['verifyUrl']), 'orderId')
    return { reply, orderId, code, verifyOrderId: String(reply.rsp['verifyOrderId']) }
  }
  const check = async (verifyOrderId: string, verifyResult: string) =>
    (await hospital.call('checkUniformVerifyResult', { verifyOrderId, verifyResult })).rsp
  return { ...hospital, order, check }
}

test('a passed query: suc only with its own registerOrderId', async () => {
  const { login, order, check, decide } = verifier()
  await login()
  const mine = await order(liMinghua)
  expect((await check(mine.verifyOrderId, 'guess'))['suc']).toBe(false)
  const done = location(await decide(mine.orderId, 'remote', 'pass'))
  const registerOrderId = queryOf(done, 'registerOrderId')
  expect(await check(mine.verifyOrderId, registerOrderId)).toMatchObject({
    suc: true,
    verifyType: 2,
    proxyVerifyName: '',
    healthCardId: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const other = await order(liMinghua)
  const otherResult = queryOf(location(await decide(other.orderId, 'remote', 'pass')), 'registerOrderId')
  expect(await check(mine.verifyOrderId, otherResult)).toMatchObject({ suc: false, healthCardId: '' })
  const failed = await order(liMinghua)
  expect(location(await decide(failed.orderId, 'remote', 'fail'))).toBe(queryTargets.verifyFailRedirectUrl)
  expect((await check(failed.verifyOrderId, registerOrderId))['suc']).toBe(false)
  expect((await decide(failed.orderId, 'remote', 'pass')).statusCode).toBe(409)
})

test('a guardian who verified for a child is named', async () => {
  const { login, order, check, decide } = verifier()
  await login()
  const child = await order(liXiaobao)
  const done = location(await decide(child.orderId, 'guardian', 'pass'))
  expect(await check(child.verifyOrderId, queryOf(done, 'registerOrderId'))).toMatchObject({
    ...{ suc: true, verifyType: 5, proxyVerifyName: '李明华', proxyVerifyIdCard: liMinghua.idNumber },
  })
})

test('documents other than the resident ID card never get an order', async () => {
  const { login, order, call } = verifier()
  await login()
  const codeOf = async (change: object) => (await order(liMinghua, change)).reply.commonOut.resultCode
  expect(await codeOf({ cardType: '03', idCard: 'E12345678' })).toBe(RESULT_CODES.cardTypeRefused.code)
  expect(await codeOf({ idCard: '810000199408230021' })).toBe(RESULT_CODES.idNumberInvalid.code)
  const { commonOut } = await call('checkUniformVerifyResult', { verifyOrderId: 'x', verifyResult: 'y' })
  expect(commonOut.resultCode).toBe(RESULT_CODES.orderNotFound.code)
})

test('empty-verify-url: PreFill refuses with a reason and spends nothing, a query has no page', async () => {
  const { login, order, check, fillForm, call, simulator } = verifier()
  await login()
  simulator.faults.order({ kind: 'empty-verify-url', times: 2 })
  const { reply, req } = await fillForm('p-empty')
  expect(reply).toMatchObject({ commonOut: { resultCode: 0 }, rsp: { verifyUrl: '' } })
  expect(reply.commonOut.errMsg).not.toBe('成功')
  const query = await order(liMinghua)
  expect(query.reply.rsp).toMatchObject({ verifyUrl: '', protectState: 1 })
  expect((await check(query.verifyOrderId, 'x'))['suc']).toBe(false)
  expect((await call('registerHealthCardPreFill', req)).rsp['verifyUrl']).toContain('/open/verify?orderId=')
})

test('the face page: told whom to check, believed only with a fresh code and the issued id', async () => {
  const { login, call, order, check, open, wechatCode, decide } = verifier()
  await login()
  const mine = await order(liMinghua)
  const face = location(await open(`/open/verify/method?orderId=${mine.orderId}&method=face`))
  expect(face.startsWith(`${h5Targets.faceUrl}?orderId=${mine.orderId}&redirectUrl=http%3A%2F%2F`)).toBe(true)
  const [orderId, redirectUrl] = [queryOf(face, 'orderId'), queryOf(face, 'redirectUrl')]
  const verifyType = Number(queryOf(face, 'verifyType'))
  const person = (await call('getOrderInfoByOrderId', { orderId, verifyType })).rsp
  expect(person).toEqual({ name: liMinghua.name, idCard: liMinghua.idNumber, cardType: '01' })
  expect((await decide(orderId, 'face', 'pass')).statusCode).toBe(409)

  const report = { orderId, ...person, result: '01', verifyType }
  const send = async (change: object) => {
    const req = { ...report, wechatCode: wechatCode('lihua'), ...change }
    return call('registerRealPersonAuthOrder', req)
  }
  expect((await send({ idCard: liXiaobao.idNumber })).commonOut.resultCode).toBe(-90062)
  expect((await send({ verifyType: 2 })).commonOut.resultCode).toBe(-90062)
  expect((await send({ wechatCode: wechatCode('wangfang') })).commonOut.resultCode).toBe(-90062)
  expect((await send({ wechatCode: mine.code })).commonOut.resultCode).toBe(-90021)
  expect((await send({ result: '' })).rsp['verifyOrderId']).toBe('')
  const issued = String((await send({})).rsp['verifyOrderId'])
  const back = location(await open(`${redirectUrl}&verify_order_id=${issued}`))
  expect((await check(mine.verifyOrderId, queryOf(back, 'registerOrderId')))['suc']).toBe(true)
  expect((await open(`${redirectUrl}&verify_order_id=${issued}`)).statusCode).toBe(409)
})

test('a forged, a foreign and a missing verify_order_id fail', async () => {
  const { login, call, order, open, wechatCode } = verifier()
  await login()
  const other = await order(liMinghua)
  const person = { idCard: liMinghua.idNumber, cardType: '01', name: liMinghua.name }
  const foreign = await call('registerRealPersonAuthOrder', {
    ...{ orderId: other.orderId, wechatCode: wechatCode('lihua'), ...person, result: '01', verifyType: 1 },
  })
  for (const id of ['-1', 'f'.repeat(32), String(foreign.rsp['verifyOrderId']), '']) {
    const { orderId } = await order(liMinghua)
    const back = await open(`/open/verify/face-return?orderId=${orderId}&verify_order_id=${id}`)
    expect(location(back)).toBe(queryTargets.verifyFailRedirectUrl)
  }
})

test('a face page in a mini program is a link; the wechatCode that began the binding is not fresh', async () => {
  const { login, call, startFlow, choose, open, action } = verifier()
  await login()
  const [card] = action('cards', { person: 'lihua' }) as unknown as { healthCardId: string }[]
  const { flow, wechatCode } = await startFlow('lihua', { ...h5Targets, faceUrl: '/pages/face/index' })
  const orderId = await choose(flow, String(card?.healthCardId))
  const page = await open(`/open/verify/method?orderId=${orderId}&method=face`)
  expect(miniPath(page.body)).toMatch(
    /^\/pages\/face\/index\?orderId=\w+&redirectUrl=http%3A.*&verifyType=1$/,
  )
  const reply = await call('registerRealPersonAuthOrder', {
    ...{ orderId, wechatCode, idCard: liMinghua.idNumber, cardType: '01', name: liMinghua.name },
    ...{ result: '01', verifyType: 1 },
  })
  expect(reply.commonOut.resultCode).toBe(RESULT_CODES.wechatCodeInvalid.code)
})

test('an order that nobody decided in 30 minutes is over, and the page leads back', async () => {
  const { login, fillForm, clock, open } = verifier()
  await login()
  const { orderId } = await fillForm('p-late', newPatient)
  clock.advance(30 * MINUTE_MS)
  const page = await open(`/open/verify?orderId=${orderId}`)
  expect(page.statusCode).toBe(409)
  expect(page.body).toContain('href="http://127.0.0.1:8080/h5/failed"')
})

test('platform-pages-down answers 503 for pages only', async () => {
  const { login, startFlow, open, simulator } = verifier()
  await login()
  const { flow } = await startFlow('lihua')
  simulator.faults.order({ kind: 'platform-pages-down', operation: 'bindCard', times: 1 })
  expect((await open(`/open/bindCard?flow=${flow}`)).statusCode).toBe(503)
  expect((await open(`/open/bindCard?flow=${flow}`)).statusCode).toBe(200)
})
