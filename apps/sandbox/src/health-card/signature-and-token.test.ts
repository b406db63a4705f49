import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { HEALTH_CARD_APP } from './credentials.ts'
import { OPERATIONS } from './operations/all-operations.ts'
import { RESULT_CODES, TOKEN_INVALID_CODES } from './result-codes.ts'
import { h5Targets, testHospital } from './test-hospital.ts'

const codeOf = (reply: { commonOut: { resultCode: number } }) => reply.commonOut.resultCode
const unknownCode = { healthCode: 'f'.repeat(32) }

test('a wrong secret, a changed request and a changed envelope are refused as a bad signature', async () => {
  const { call, login, send } = testHospital()
  await login()
  const bad = await call('getHealthCardByHealthCode', unknownCode, { secret: 'another' })
  expect(bad.commonOut).toMatchObject({ resultCode: RESULT_CODES.signInvalid.code, errMsg: '签名错误' })
  expect(bad.rsp).toEqual({ card: '', isSelf: '' })
  for (const after of [{ channelNum: 0 }, { relateOpenId: 'o-1' }, { sign: '' }])
    expect(codeOf(await call('getHealthCardByHealthCode', unknownCode, { after }))).toBe(
      RESULT_CODES.signInvalid.code,
    )
  expect((await send('getHealthCardByHealthCode', { hello: 1 })).json().commonOut.resultCode).toBe(
    RESULT_CODES.malformed.code,
  )
})

test('relateAppId and relateOpenId are accepted and part of the signature', async () => {
  const { call, login } = testHospital()
  await login()
  const change = { relateAppId: 'wx1', relateOpenId: 'o-1' }
  expect(codeOf(await call('getHealthCardByHealthCode', unknownCode, { change }))).toBe(
    RESULT_CODES.healthCodeInvalid.code,
  )
})

test('the timestamp may be ten minutes off and may be a number', async () => {
  const { call, login, clock } = testHospital()
  await login()
  const at = (offsetMs: number) => Math.floor((clock.nowMs() + offsetMs) / 1000)
  const ask = async (timestamp: string | number) =>
    codeOf(await call('getHealthCardByHealthCode', unknownCode, { change: { timestamp } }))
  expect(await ask(at(-9 * MINUTE_MS))).toBe(RESULT_CODES.healthCodeInvalid.code)
  expect(await ask(String(at(9 * MINUTE_MS)))).toBe(RESULT_CODES.healthCodeInvalid.code)
  expect(await ask(String(at(-11 * MINUTE_MS)))).toBe(RESULT_CODES.timestampOutOfRange.code)
  expect(await ask(String(at(11 * MINUTE_MS)))).toBe(RESULT_CODES.timestampOutOfRange.code)
})

test('a new token kills its predecessor, a token dies after 7200 s', async () => {
  const { call, login, clock } = testHospital()
  const first = await login()
  const ask = async (appToken?: string) =>
    codeOf(await call('getHealthCardByHealthCode', unknownCode, appToken ? { change: { appToken } } : {}))
  expect(await ask()).toBe(RESULT_CODES.healthCodeInvalid.code)
  await login()
  expect(TOKEN_INVALID_CODES).toContain(await ask(first))
  expect(await ask()).toBe(RESULT_CODES.healthCodeInvalid.code)
  clock.advance(2 * HOUR_MS)
  expect(await ask()).toBe(RESULT_CODES.tokenInvalid.code)
  expect((await call('getAppToken', { appId: HEALTH_CARD_APP.appId })).rsp['expiresIn']).toBe(7200)
})

test('every operation refuses an empty request with empty members in rsp', async () => {
  const { call, login } = testHospital()
  await login()
  for (const { name, emptyRsp } of OPERATIONS) {
    const reply = await call(name, { none: '' })
    expect(reply.commonOut.resultCode, name).toBe(RESULT_CODES.fieldMissing.code)
    expect(reply.rsp, name).toEqual(emptyRsp)
  }
})

test('redirect templates need their literal placeholder and a known form', async () => {
  const { call, login, wechatCode } = testHospital()
  await login()
  const ask = async (change: object) =>
    codeOf(await call('registerHealthCardPreAuth', { wechatCode: wechatCode('t'), ...h5Targets, ...change }))
  expect(await ask({})).toBe(0)
  const refused = [
    { successRedirectUrl: 'http://127.0.0.1/done' },
    { successRedirectUrl: 'http://127.0.0.1/done?c=$%7BhealthCode%7D' },
    { failRedirectUrl: 'mini:/pages/x' },
    { userFormPageUrl: 'mini:/pages/form?authCode=${healthCode}' },
    { verifyFailRedirectUrl: 'javascript:alert(1)' },
    { verifyFailRedirectUrl: 'mini://evil.example' },
    { faceUrl: 'mini:/pages/face' },
  ]
  for (const change of refused)
    expect(await ask(change), JSON.stringify(change)).toBe(RESULT_CODES.redirectInvalid.code)
})

test('wrong-token makes the current token void, so that a client that fetches another goes on', async () => {
  const { call, login, simulator } = testHospital()
  await login()
  simulator.faults.order({ kind: 'wrong-token', times: 1 })
  expect(codeOf(await call('getHealthCardByHealthCode', unknownCode))).toBe(RESULT_CODES.tokenInvalid.code)
  expect(codeOf(await call('getHealthCardByHealthCode', unknownCode))).toBe(RESULT_CODES.tokenInvalid.code)
  await login()
  expect(codeOf(await call('getHealthCardByHealthCode', unknownCode))).toBe(
    RESULT_CODES.healthCodeInvalid.code,
  )
})

test('every call is recorded with request, reply and result; the oldest are forgotten', async () => {
  const { call, login, simulator, send } = testHospital()
  await login()
  simulator.faults.order({ kind: 'http-500', operation: 'reportHISData', times: 1 })
  expect((await send('reportHISData', {})).statusCode).toBe(500)
  await call('getHealthCardByHealthCode', unknownCode)
  expect(simulator.calls.map(({ operation, result }) => `${operation} ${result}`)).toEqual([
    'getAppToken 0',
    'reportHISData http-500',
    `getHealthCardByHealthCode ${RESULT_CODES.healthCodeInvalid.code}`,
  ])
  expect(simulator.calls[2]).toMatchObject({ request: { req: unknownCode }, reply: { rsp: { card: '' } } })
  for (let index = 0; index < 2_010; index++) await send('reportHISData', {})
  expect(simulator.calls).toHaveLength(2_000)
})

test('unknown paths and broken JSON get an envelope, too', async () => {
  const { simulator } = testHospital()
  const { app } = simulator
  const unknown = await app.inject({ method: 'POST', url: '/rest/auth/HealthCard/none', payload: {} })
  expect([unknown.statusCode, unknown.json().commonOut.resultCode]).toEqual([404, -90006])
  const path = OPERATIONS[0]?.path ?? ''
  const headers = { 'content-type': 'application/json' }
  const broken = await app.inject({ method: 'POST', url: path, headers, payload: '{"commonIn":' })
  expect([broken.statusCode, broken.json().commonOut.resultCode]).toEqual([400, -90000])
  expect((await app.inject('/result-codes')).json()).toEqual(RESULT_CODES)
})
