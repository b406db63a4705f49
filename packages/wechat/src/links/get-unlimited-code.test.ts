import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, fakeWechat } from '../testing/fake-wechat.ts'
import { getUnlimitedCode } from './get-unlimited-code.ts'

const seed = 20_261_123
const png = () =>
  new Response(Uint8Array.of(0x89, 0x50), { headers: { 'content-type': 'image/png; charset=x' } })

describe('mini-program code', () => {
  const ask = (answer: Answer, more: object = {}) => {
    const wechat = fakeWechat(() => answer)
    return { ...wechat, made: getUnlimitedCode(wechat.caller, { scene: 'k=7Q', ...more }) }
  }

  test('a picture', async () => {
    const asked = { page: 'pages/index/index', checkPath: false, envVersion: 'trial', width: 280 }
    const { made, sent } = ask(png(), asked)
    const { mediaType, bytes } = await made
    expect([mediaType, ...bytes]).toEqual(['image/png', 0x89, 0x50])
    expect(sent[0]?.body).toEqual({
      scene: 'k=7Q',
      page: 'pages/index/index',
      check_path: false,
      env_version: 'trial',
      width: 280,
    })
  })

  test('JSON is a refusal, also when it claims success', async () => {
    await expect(ask({ errcode: 41030, errmsg: 'invalid page' }).made).rejects.toMatchObject({
      kind: 'refused',
      errcode: 41030,
    })
    await expect(ask({ errcode: 0, errmsg: 'ok' }).made).rejects.toMatchObject({ code: 'malformed' })
  })

  test('a refused token is replaced here too', async () => {
    let refusals = 1
    const wechat = fakeWechat(() => (refusals-- > 0 ? { errcode: 42001 } : png()))
    expect((await getUnlimitedCode(wechat.caller, { scene: 'k' })).mediaType).toBe('image/png')
  })

  test.each([
    ['scene', { scene: '' }],
    ['scene', { scene: 'a'.repeat(33) }],
    ['scene', { scene: 'a&b' }],
    ['scene', { scene: 'a%20' }],
    ['scene', { scene: '中文' }],
    ['page', { page: '/pages/index' }],
    ['page', { page: 'pages/index?a=1' }],
    ['width', { width: 279 }],
    ['width', { width: 1_281 }],
    ['width', { width: 300.5 }],
  ])('an unsound %s is refused before anything is sent: %j', async (field, more) => {
    const { made, sent } = ask(png(), more)
    await expect(made).rejects.toMatchObject({ name: 'WechatInputError', field })
    expect(sent).toEqual([])
  })

  test(`a scene is sent only in WeChat's characters (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (scene) => {
        const { made, sent } = ask(png(), { scene })
        await made.catch(() => {})
        const sound = /^[0-9A-Za-z!#$'()*+,/:;=?@\-._~]{1,32}$/.test(scene)
        expect(sent.length).toBe(sound ? 1 : 0)
      }),
      { seed, numRuns: 200 },
    )
  })
})
