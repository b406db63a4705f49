import { describe, expect, test } from 'vitest'
import { type Answer, fakeWechat } from '../testing/fake-wechat.ts'
import { generateUrlLink } from './generate-url-link.ts'

describe('URL link', () => {
  const ask = (answer: Answer, more: object = {}) => {
    const wechat = fakeWechat(() => answer)
    return { ...wechat, made: generateUrlLink(wechat.caller, { expiresInDays: 7, ...more }) }
  }

  test('a link that dies after some days', async () => {
    const { made, sent } = ask(
      { errcode: 0, url_link: 'https://wxaurl.cn/AbC' },
      { path: 'pages/refund', query: 'k=7Q' },
    )
    expect(await made).toEqual({ kind: 'yes', value: { url: 'https://wxaurl.cn/AbC' } })
    expect(sent[0]).toMatchObject({
      path: '/wxa/generate_urllink',
      body: { path: 'pages/refund', query: 'k=7Q', is_expire: true, expire_type: 1, expire_interval: 7 },
    })
  })

  test.each([
    { errcode: 0 },
    { errcode: 0, url_link: 'weixin://x/y' },
    { errcode: 0, url_link: 'javascript:1' },
  ])('no usable link: unknown (%j)', async (answer) => {
    expect(await ask(answer).made).toEqual({ kind: 'unknown', cause: 'malformed' })
  })

  test.each([
    ['expiresInDays', { expiresInDays: 0 }],
    ['expiresInDays', { expiresInDays: 31 }],
    ['query', { query: 'a'.repeat(1_025) }],
    ['query', { query: '姓名' }],
    ['path', { path: '/pages/refund' }],
  ])('an unsound %s is refused before anything is sent', async (field, more) => {
    const { made, sent } = ask({}, more)
    await expect(made).rejects.toMatchObject({ name: 'WechatInputError', field })
    expect(sent).toEqual([])
  })
})
