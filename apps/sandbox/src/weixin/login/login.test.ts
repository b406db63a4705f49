import { MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../credentials.ts'
import { personCookie } from '../persons.ts'
import { testWeixin } from '../test-weixin.ts'

function login() {
  const weixin = testWeixin()
  const codeOf = async (person: string) => String((await weixin.act('mini-program-code', { person }))['code'])
  const session = (code: string, { appid, secret } = MINI_PROGRAM as { appid: string; secret: string }) =>
    weixin.answered(
      `/sns/jscode2session?appid=${appid}&secret=${secret}&js_code=${code}&grant_type=authorization_code`,
    )
  const authorize = (person: string, more = '') =>
    weixin.app.inject({
      url: `/connect/oauth2/authorize?appid=${OFFICIAL_ACCOUNT.appid}&redirect_uri=${encodeURIComponent('http://127.0.0.1:8080/h5/?a=1')}&state=s1${more}`,
      headers: { cookie: personCookie(person) },
    })
  const oauth = async (person: string, more = '') => {
    const code = new URL(String((await authorize(person, more)).headers.location)).searchParams.get('code')
    const { appid, secret } = OFFICIAL_ACCOUNT
    return weixin.answered(`/sns/oauth2/access_token?appid=${appid}&secret=${secret}&code=${code}`)
  }
  return { ...weixin, codeOf, session, authorize, oauth }
}

test('a mini-program code is good once, for five minutes, for its own appid', async () => {
  const { codeOf, session, clock } = login()
  const code = await codeOf('lihua')
  expect((await session(code, OFFICIAL_ACCOUNT)).errcode).toBe(40029)
  expect(await session(code)).toEqual({
    session_key: expect.stringMatching(/^.{24}$/),
    openid: 'o-mini-lihua',
    unionid: 'u-lihua',
  })
  expect((await session(code)).errcode).toBe(40163)
  const late = await codeOf('lihua')
  clock.advance(5 * MINUTE_MS)
  expect((await session(late)).errcode).toBe(40029)
  expect((await session('made-up')).errcode).toBe(40029)
  expect((await session('')).errcode).toBe(41008)
})

test.each([40226, 45011, -1])('errcode %i on demand leaves the code unspent', async (errcode) => {
  const { codeOf, session, faults } = login()
  const code = await codeOf('lihua')
  faults.order({ kind: `errcode-${errcode}`, operation: 'jscode2session', times: 1 })
  expect((await session(code)).errcode).toBe(errcode)
  expect((await session(code))['openid']).toBe('o-mini-lihua')
})

test('without an Open Platform account there is no unionid', async () => {
  const { codeOf, session, act } = login()
  await act('settings', { openPlatformBound: false })
  expect(await session(await codeOf('lihua'))).not.toHaveProperty('unionid')
})

test('OAuth: back with code and state; unionid only with snsapi_userinfo', async () => {
  const { authorize, oauth } = login()
  const back = new URL(String((await authorize('wangfang')).headers.location))
  expect([back.origin, back.searchParams.get('a'), back.searchParams.get('state')]).toEqual([
    ...['http://127.0.0.1:8080', '1', 's1'],
  ])
  const base = await oauth('wangfang', '&scope=snsapi_base')
  expect(base).toMatchObject({ openid: 'o-mpac-wangfang', scope: 'snsapi_base', expires_in: 7_200 })
  expect(base).not.toHaveProperty('unionid')
  expect(base).not.toHaveProperty('is_snapshotuser')
  expect(await oauth('wangfang', '&scope=snsapi_userinfo')).toMatchObject({ unionid: 'u-wangfang' })
})

test('a snapshot visitor is marked, as a person and on demand, and is nobody to whom one could write', async () => {
  const { oauth, faults } = login()
  expect(await oauth('snapshot')).toMatchObject({ is_snapshotuser: 1, openid: 'o-mpac-snapshot' })
  faults.order({ kind: 'snapshot-user', times: 1 })
  expect(await oauth('lihua', '&scope=snsapi_userinfo')).toMatchObject({ is_snapshotuser: 1 })
  expect(await oauth('lihua')).toMatchObject({ openid: 'o-mpac-lihua' })
})

test('OAuth leads to this machine only, and nowhere when the person declines', async () => {
  const { app, authorize, faults } = login()
  const elsewhere = await app.inject(
    `/connect/oauth2/authorize?appid=${OFFICIAL_ACCOUNT.appid}&redirect_uri=https%3A%2F%2Fevil.example`,
  )
  expect([elsewhere.statusCode, elsewhere.body.includes('10003')]).toEqual([400, true])
  expect((await authorize('lihua', '&scope=all')).body).toContain('10005')
  faults.order({ kind: 'oauth-declined', times: 1 })
  expect((await authorize('lihua')).body).toContain('已拒绝授权')
})
