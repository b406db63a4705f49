import { expect, test } from 'vitest'
import { personCookie } from '../persons.ts'
import { testWeixin } from '../test-weixin.ts'

test('the home page: whose phone it is, and whether it follows the official account', async () => {
  const { app } = testWeixin()
  const cookie = personCookie('wangfang')
  const home = async () => (await app.inject({ url: '/', headers: { cookie } })).body
  expect(await home()).toMatch(/王芳（第一次使用）的手机[\s\S]*没有关注公众号/)
  for (const href of ['/sandbox/messages', '/sandbox/faces', '/sandbox/errcodes'])
    expect((await app.inject({ url: href, headers: { cookie } })).statusCode).toBe(200)
  const followed = await app.inject({
    method: 'POST',
    url: '/sandbox/phone',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'change=follow',
  })
  expect(followed.statusCode).toBe(303)
  expect(await home()).toContain('已关注公众号')
})

test('choosing a phone sets the cookie that all simulators see', async () => {
  const { app } = testWeixin()
  const chosen = await app.inject('/persons/john')
  expect(chosen.headers['set-cookie']).toBe('sandbox_wechat_person=john; Path=/; SameSite=Lax')
})

test('the list of faces shows masked names and what came of each', async () => {
  const { app, mini, act } = testWeixin()
  const { verify_id: verifyId } = await mini('/cityservice/face/identify/getverifyid', {
    out_seq_no: 'seq-0001',
    cert_info: { cert_type: 'IDENTITY_CARD', cert_name: '李明华', cert_no: '330102199001012210' },
    openid: 'o-mini-lihua',
  })
  expect((await app.inject('/sandbox/faces')).body).toMatch(/李\*华 · 等待刷脸/)
  await act('decide-face', { verifyId, verifyRet: 90008 })
  const page = (await app.inject('/sandbox/faces')).body
  expect(page).toContain('90008 没有摄像头权限')
  expect(page).not.toContain('李明华')
})

test('every call is recorded with its errcode; an unknown page is told in Chinese', async () => {
  const { app, simulator, answered } = testWeixin()
  await answered('/cityservice/face/identify/getverifyid', { openid: 'x' })
  expect(simulator.calls.at(-1)).toMatchObject({ operation: 'getverifyid', result: '41001' })
  const missing = await app.inject('/nothing')
  expect([missing.statusCode, missing.body.includes('地址不对')]).toEqual([404, true])
})
