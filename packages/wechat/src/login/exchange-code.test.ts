import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { APP } from '../testing/fake-wechat.ts'
import { WechatLoginError } from './exchange-code.ts'
import { exchangeMiniProgramCode } from './exchange-mini-program-code.ts'
import { exchangeOAuthCode, oauthPage } from './exchange-oauth-code.ts'
import { LOGIN_ADVICE, loginAdvice } from './login-advice.ts'

const CODE = 'one-use-code-0123456789'
const seed = 20_261_123

function fake(...answers: readonly (object | Response)[]) {
  const asked: URL[] = []
  const queue = [...answers]
  const send = async (input: string | URL | Request): Promise<Response> => {
    asked.push(new URL(String(input)))
    const answer = queue.length > 1 ? queue.shift() : queue[0]
    return answer instanceof Response ? answer.clone() : Response.json(answer)
  }
  return { asked, options: { ...APP, apiOrigin: 'https://api.example', fetch: send, wait: async () => {} } }
}

test('the code of wx.login becomes an openid; the session_key does not come out', async () => {
  const { asked, options } = fake({ openid: 'o1', session_key: 'key==', unionid: 'u1' })
  expect(await exchangeMiniProgramCode(options, CODE)).toEqual({
    appid: APP.appid,
    openid: 'o1',
    unionid: 'u1',
  })
  expect(asked[0]?.pathname).toBe('/sns/jscode2session')
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
    appid: APP.appid,
    secret: APP.secret,
    js_code: CODE,
    grant_type: 'authorization_code',
  })
})

test('the code of OAuth becomes an openid, without a unionid as a rule', async () => {
  const { asked, options } = fake({ openid: 'o1', access_token: 't', is_snapshotuser: 0 })
  expect(await exchangeOAuthCode(options, CODE)).toEqual({
    appid: APP.appid,
    openid: 'o1',
    unionid: undefined,
  })
  expect(asked[0]?.pathname).toBe('/sns/oauth2/access_token')
})

test.each([1, '1', true, '0', null])('a snapshot user (%o) is nobody', async (flag) => {
  const { options } = fake({ openid: 'o1', is_snapshotuser: flag })
  await expect(exchangeOAuthCode(options, CODE)).rejects.toMatchObject({ kind: 'refused' })
})

describe('refusals', () => {
  test.each(LOGIN_ADVICE.map(({ errcode }) => errcode).filter((errcode) => errcode > 0))(
    'errcode %d comes out as it is, without code and secret, and the code is not tried again',
    async (errcode) => {
      const { options, asked } = fake({ errcode, errmsg: `bad ${CODE}` })
      const error = await exchangeMiniProgramCode(options, CODE).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(WechatLoginError)
      expect(error).toMatchObject({ kind: 'refused', errcode })
      for (const secret of [CODE, APP.secret])
        expect(String(error) + JSON.stringify(error)).not.toContain(secret)
      expect(asked).toHaveLength(1)
    },
  )

  test('busy is tried again, twice', async () => {
    const { options, asked } = fake({ errcode: -1 }, { errcode: -1 }, { openid: 'o1' })
    expect((await exchangeMiniProgramCode(options, CODE)).openid).toBe('o1')
    expect(asked).toHaveLength(3)
    const busy = fake({ errcode: -1 })
    await expect(exchangeMiniProgramCode(busy.options, CODE)).rejects.toMatchObject({
      kind: 'unavailable',
      errcode: -1,
    })
    expect(busy.asked).toHaveLength(3)
  })

  test.each([
    {},
    { openid: '' },
    { openid: 7 },
    { openid: 'o 1' },
    { errcode: 'x', openid: 'o1' },
    new Response('<html>'),
    new Response('', { status: 500 }),
    new Response('', { status: 302, headers: { location: 'https://elsewhere.example' } }),
  ])('no usable answer (%#): unavailable, once', async (answer) => {
    const { options, asked } = fake(answer)
    await expect(exchangeMiniProgramCode(options, CODE)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(asked).toHaveLength(1)
  })
})

test('what to do with each errcode', () => {
  expect(Object.fromEntries(LOGIN_ADVICE.map(({ errcode, action }) => [errcode, action]))).toMatchObject({
    [-1]: 'retry-later',
    40029: 'login-again',
    40163: 'login-again',
    40226: 'refuse',
    45011: 'slow-down',
  })
  for (const { errcode, zh } of LOGIN_ADVICE) {
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/)
    expect(loginAdvice(errcode)).toMatchObject({ errcode, zh })
  }
  expect(loginAdvice(99999).action).toBe('ops')
  expect(loginAdvice(undefined).action).toBe('retry-later')
})

test('the page of OAuth', () => {
  const url = new URL(oauthPage('https://open.example', APP.appid, 'https://h.example/back?a=1', 'state'))
  expect(url.hash).toBe('#wechat_redirect')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    appid: APP.appid,
    redirect_uri: 'https://h.example/back?a=1',
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'state',
  })
})

test(`any JSON is an identity or a login error (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const { options } = fake(new Response(JSON.stringify(value)))
      const got = await exchangeOAuthCode(options, CODE).catch((thrown: unknown) => thrown)
      expect(got).toBeInstanceOf(WechatLoginError)
    }),
    { seed, numRuns: 100 },
  )
})
