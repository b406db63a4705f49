import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from './credentials.ts'
import { testWeixin } from './test-weixin.ts'

const POSTS = [
  '/cgi-bin/stable_token',
  '/cityservice/face/identify/getverifyid',
  '/cityservice/face/identify/queryverifyinfo',
  '/cityservice/sendchannelmsg',
  '/cgi-bin/message/template/send',
  '/cgi-bin/message/subscribe/send',
  '/wxa/generate_urllink',
  '/wxa/generatescheme',
] as const

test('whatever JSON or bytes are posted, the answer is 200 with an errcode or a result', async () => {
  const { app, tokenOf } = testWeixin()
  const tokens = [await tokenOf(MINI_PROGRAM), await tokenOf(OFFICIAL_ACCOUNT)]
  const body = fc.oneof(
    fc.json(),
    fc.string({ maxLength: 60 }),
    fc
      .record({
        touser: fc.constantFrom('o-mpac-lihua', 'o-mini-lihua'),
        data: fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue()),
        openid: fc.jsonValue(),
        cert_info: fc.jsonValue(),
        business_info: fc.jsonValue(),
        jump_wxa: fc.jsonValue(),
      })
      .map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...POSTS),
      fc.constantFrom(...tokens),
      body,
      async (path, token, payload) => {
        const reply = await app.inject({ method: 'POST', url: `${path}?access_token=${token}`, payload })
        expect(reply.statusCode).toBe(200)
        expect(reply.json()).toEqual(expect.objectContaining({ errcode: expect.any(Number) }))
      },
    ),
    { seed: 20261123, numRuns: 300 },
  )
})

test('the body is read whatever its content type says; none at all is 44002', async () => {
  const { app, tokenOf } = testWeixin()
  const post = async (headers: Record<string, string>, payload?: string) =>
    (
      await app.inject({
        ...{ method: 'POST', headers },
        url: `/wxa/generate_urllink?access_token=${await tokenOf(MINI_PROGRAM)}`,
        ...(payload !== undefined && { payload }),
      })
    ).json().errcode
  expect(await post({ 'content-type': 'text/plain' }, '{"path":"pages/a/b"}')).toBe(0)
  expect(await post({}, '{"path":"pages/a/b"}')).toBe(0)
  expect(await post({})).toBe(44002)
  expect(await post({ 'content-type': 'application/json' }, '[1')).toBe(47001)
})
