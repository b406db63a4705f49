import { DAY_MS, SECOND_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MINI_PROGRAM } from '../credentials.ts'
import { personCookie } from '../persons.ts'
import { BASE_URL, testWeixin } from '../test-weixin.ts'

function links() {
  const weixin = testWeixin()
  const code = async (body: object) =>
    weixin.app.inject({
      method: 'POST',
      url: `/wxa/getwxacodeunlimit?access_token=${await weixin.tokenOf(MINI_PROGRAM)}`,
      payload: JSON.stringify(body),
    })
  const urlLink = (body: object) => weixin.mini('/wxa/generate_urllink', body)
  const open = (url: unknown, person: string) =>
    weixin.app.inject({ url: String(url).replace(BASE_URL, ''), headers: { cookie: personCookie(person) } })
  return { ...weixin, code, urlLink, open }
}

const PNG = '89504e470d0a1a0a'

test('a mini-program code is a picture', async () => {
  const { code } = links()
  const reply = await code({ scene: 'k=7F3K29QX', page: 'pages/refund/refund', width: 280 })
  expect(reply.headers['content-type']).toBe('image/png')
  expect(reply.rawPayload.subarray(0, 8).toString('hex')).toBe(PNG)
})

test.each([
  ['no scene', { scene: '' }, 40169],
  ['33 characters', { scene: 'x'.repeat(33) }, 40169],
  ['a percent sign', { scene: 'a%20b' }, 40129],
  ['an ampersand', { scene: 'a=1&b=2' }, 40129],
  ['Chinese', { scene: '退款' }, 40129],
  ['a page with a slash in front', { scene: 'a', page: '/pages/a' }, 41030],
  ['a page with a query', { scene: 'a', page: 'pages/a?b=1', check_path: false }, 41030],
  ['a width beyond 1280', { scene: 'a', width: 2_000 }, 40097],
  ['an unknown version', { scene: 'a', env_version: 'beta' }, 40097],
])('a code with %s is JSON with an errcode', async (_what, body, errcode) => {
  const { code } = links()
  const reply = await code(body)
  expect(reply.headers['content-type']).toContain('application/json')
  expect(reply.json().errcode).toBe(errcode)
})

test('any scene is either drawn or refused with 40129 or 40169, by its characters alone', async () => {
  const { code } = links()
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 36 }), async (scene) => {
      const reply = await code({ scene, width: 280 })
      const drawn = /^[0-9A-Za-z!#$'()*+,/:;=?@\-._~]{1,32}$/.test(scene)
      expect(reply.headers['content-type'] === 'image/png').toBe(drawn)
      if (!drawn) expect([40129, 40169]).toContain(reply.json().errcode)
    }),
    { seed: 20261123, numRuns: 60 },
  )
})

test('pages that are published: once named, no others', async () => {
  const { code, act } = links()
  await act('settings', { publishedPages: ['pages/home/home'] })
  expect((await code({ scene: 'a', page: 'pages/refund/refund' })).json().errcode).toBe(41030)
  expect((await code({ scene: 'a', page: 'pages/home/home' })).headers['content-type']).toBe('image/png')
  expect((await code({ scene: 'a', page: 'pages/new/new', check_path: false })).statusCode).toBe(200)
})

test('a URL link opens for whoever came first, and for nobody after its end', async () => {
  const { urlLink, open, clock } = links()
  const { url_link: url } = await urlLink({ path: '/pages/refund/refund', query: 'k=1', expire_interval: 7 })
  expect((await open(url, 'lihua')).body).toContain('pages/refund/refund')
  expect((await open(url, 'wangfang')).body).toContain('另一个人')
  expect((await open(url, 'lihua')).statusCode).toBe(200)
  clock.advance(7 * DAY_MS)
  expect((await open(url, 'lihua')).body).toContain('已过期')
})

test('links live 30 days at most', async () => {
  const { urlLink, mini, clock } = links()
  const at = (ms: number) => ({ expire_type: 0, expire_time: Math.floor((clock.nowMs() + ms) / SECOND_MS) })
  const errcodes = await Promise.all(
    [at(31 * DAY_MS), at(-DAY_MS), { expire_interval: 31 }, at(30 * DAY_MS), {}].map(
      async (body) => (await urlLink(body)).errcode,
    ),
  )
  expect(errcodes).toEqual([85401, 85401, 85401, 0, 0])
  expect((await urlLink({ query: 'x'.repeat(1_025) })).errcode).toBe(40212)
  const scheme = await mini('/wxa/generatescheme', { jump_wxa: { path: 'pages/a/b' }, expire_interval: 1 })
  expect(scheme['openlink']).toMatch(/^weixin:\/\/dl\/business\/\?t=/)
})
