import { HOUR_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { OFFICIAL_ACCOUNT } from '../credentials.ts'
import { testWeixin } from '../test-weixin.ts'
import { FACE_RESULTS } from './face-results.ts'
import { certHash } from './face-sessions.ts'

const LI = { name: '李明华', idNumber: '330102199001012210', openid: 'o-mini-lihua' }

function face() {
  const weixin = testWeixin()
  const start = (outSeqNo: string, change: object = {}) =>
    weixin.mini('/cityservice/face/identify/getverifyid', {
      out_seq_no: outSeqNo,
      cert_info: { cert_type: 'IDENTITY_CARD', cert_name: LI.name, cert_no: LI.idNumber },
      openid: LI.openid,
      ...change,
    })
  const query = (verifyId: unknown, outSeqNo: string, change: object = {}) =>
    weixin.mini('/cityservice/face/identify/queryverifyinfo', {
      verify_id: verifyId,
      out_seq_no: outSeqNo,
      cert_hash: certHash('IDENTITY_CARD', LI.name, LI.idNumber),
      openid: LI.openid,
      ...change,
    })
  const decide = (verifyId: unknown, result: string) =>
    weixin.app.inject({
      method: 'POST',
      url: `/sandbox/face/${verifyId}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `result=${result}`,
    })
  return { ...weixin, start, query, decide }
}

test('the certificate hash of the public example', () => {
  expect(certHash('IDENTITY_CARD', '张三', '310101199801011234')).toBe(
    '3c241f7ff324977aeb91f173bb2a7b06569e6fd784d5573db34a636d8671108b',
  )
})

test('from getverifyid over the page to the result: 10300 before, the decision after, decided once', async () => {
  const { start, query, decide, app } = face()
  const started = await start('seq-0001')
  expect(started).toMatchObject({ errcode: 0, verify_id: expect.any(String), expires_in: 3_600 })
  const id = started['verify_id']
  expect(await query(id, 'seq-0001')).toMatchObject({ errcode: 0, verify_ret: 10300 })
  expect((await app.inject(`/sandbox/face/${id}`)).body).not.toContain(LI.idNumber)
  await decide(id, '10000')
  await decide(id, '10004')
  expect(await query(id, 'seq-0001')).toMatchObject({ errcode: 0, verify_ret: 10000 })
})

test('every known result is a button of the page, and its number is what the server is told', async () => {
  const { start, query, decide, app } = face()
  expect(FACE_RESULTS.length).toBeGreaterThan(55)
  expect(new Set(FACE_RESULTS.map(({ code }) => code)).size).toBe(FACE_RESULTS.length)
  const page = (await app.inject(`/sandbox/face/${(await start('seq-page'))['verify_id']}`)).body
  for (const { code } of FACE_RESULTS) {
    if (code !== 90002) expect(page).toContain(`value="${code}"`)
    const id = (await start(`seq-${code}`))['verify_id']
    await decide(id, String(code))
    expect((await query(id, `seq-${code}`))['verify_ret']).toBe(code)
  }
})

test.each([
  ['a number of four characters', { out_seq_no: 'abcd' }, 40097],
  ['a number with a blank', { out_seq_no: 'seq 0001' }, 40097],
  ['another document', { cert_info: { cert_type: 'PASSPORT', cert_name: 'J', cert_no: 'E1' } }, 40097],
  ['an empty name', { cert_info: { cert_type: 'IDENTITY_CARD', cert_name: ' ', cert_no: '1' } }, 84006],
  ['no document number', { cert_info: { cert_type: 'IDENTITY_CARD', cert_name: '李' } }, 84006],
  ['an openid of the official account', { openid: 'o-mpac-lihua' }, 40003],
])('getverifyid refuses %s', async (_what, change, errcode) => {
  const { start } = face()
  expect((await start('seq-0001', change)).errcode).toBe(errcode)
  expect((await start('seq-0001')).errcode).toBe(0)
  expect((await start('seq-0001')).errcode).toBe(40097)
})

test.each([
  ['another number', { out_seq_no: 'seq-0002' }],
  ['another certificate', { cert_hash: certHash('IDENTITY_CARD', '王芳', LI.idNumber) }],
  ['another person', { openid: 'o-mini-wangfang' }],
  ['another id', { verify_id: 'x' }],
  ['no hash', { cert_hash: undefined }],
])('a question with %s is 84001 and tells nothing', async (_what, change) => {
  const { start, query, decide } = face()
  const id = (await start('seq-0001'))['verify_id']
  await decide(id, 'pass')
  expect(await query(id, 'seq-0001', change)).not.toHaveProperty('verify_ret')
  expect((await query(id, 'seq-0001', change)).errcode).toBe(84001)
})

test('after an hour nobody can start, and nobody is told: 84001', async () => {
  const { start, query, decide, clock } = face()
  const id = (await start('seq-0001'))['verify_id']
  clock.advance(HOUR_MS)
  expect((await decide(id, 'pass')).body).toContain('已超时')
  expect((await query(id, 'seq-0001')).errcode).toBe(84001)
})

test('where results are told once, a repeated question is 84001, but not before the face was done', async () => {
  const { start, query, decide, act } = face()
  await act('settings', { faceResultReads: 'once' })
  const id = (await start('seq-0001'))['verify_id']
  await query(id, 'seq-0001')
  await decide(id, 'fail')
  expect(await query(id, 'seq-0001')).toMatchObject({ verify_ret: 10004 })
  expect((await query(id, 'seq-0001')).errcode).toBe(84001)
})

test('faults: no permission, quota, still detecting', async () => {
  const { start, query, act, faults } = face()
  await act('settings', { unauthorized: ['getverifyid'] })
  expect((await start('seq-0001')).errcode).toBe(48001)
  await act('settings', { unauthorized: [] })
  faults.order({ kind: 'errcode-45009', operation: 'getverifyid', times: 1 })
  expect((await start('seq-0001')).errcode).toBe(45009)
  const id = (await start('seq-0001'))['verify_id']
  await act('decide-face', { verifyId: id, verifyRet: 10000 })
  faults.order({ kind: 'verify-ret-10005', times: 1 })
  expect(await query(id, 'seq-0001')).toMatchObject({ verify_ret: 10005 })
  expect(await query(id, 'seq-0001')).toMatchObject({ verify_ret: 10000 })
})

test('the official account may in this sandbox, and where it is as strict as WeChat needs a permission', async () => {
  const { official, act } = face()
  const start = (outSeqNo: string) =>
    official('/cityservice/face/identify/getverifyid', {
      out_seq_no: outSeqNo,
      cert_info: { cert_type: 'IDENTITY_CARD', cert_name: LI.name, cert_no: LI.idNumber },
      openid: `o-${OFFICIAL_ACCOUNT.appid.slice(-4)}-lihua`,
    })
  expect((await start('seq-h5-1')).errcode).toBe(0)
  await act('settings', { faceForOfficialAccount: false })
  expect((await start('seq-h5-2')).errcode).toBe(48001)
})

test('the page is decided once, leads back to this machine only, and its words are results', async () => {
  const { start, query, app } = face()
  const id = (await start('seq-0001'))['verify_id']
  const decide = (result: string, back: string) =>
    app.inject({
      method: 'POST',
      url: `/sandbox/face/${id}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ result, return: back }).toString(),
    })
  const shown = (back: string) => app.inject(`/sandbox/face/${id}?return=${encodeURIComponent(back)}`)
  expect((await shown('http://127.0.0.1:8080/face')).body).toContain('模拟：本人，通过')
  expect((await shown('https://evil.example')).statusCode).toBe(403)
  expect((await decide('pass', 'https://evil.example')).statusCode).toBe(403)
  expect(await query(id, 'seq-0001')).toMatchObject({ verify_ret: 10300 })
  const done = await decide('cancel', 'http://127.0.0.1:8080/face?x=1')
  expect([done.statusCode, done.headers.location]).toEqual([303, 'http://127.0.0.1:8080/face?x=1'])
  await decide('pass', 'http://127.0.0.1:8080/face')
  expect(await query(id, 'seq-0001')).toMatchObject({ verify_ret: 90002 })
  expect((await app.inject(`/sandbox/face/${id}`)).body).toContain('未通过')
})
