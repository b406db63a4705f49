import { expect, test } from 'vitest'
import { loginByPlugin, readPluginLogin } from './health-card-plugin.ts'

test.each([
  [true, { result: { wechatCode: 'w' } }, { kind: 'code', wechatCode: 'w' }],
  [true, { result: { wechatcode: 'w' } }, { kind: 'code', wechatCode: 'w' }],
  [false, { result: { toLogin: true } }, { kind: 'to-login' }],
  [false, { result: { type: 3 } }, { kind: 'to-login' }],
  [false, { result: { type: 1 } }, { kind: 'failed' }],
  [true, { result: { wechatCode: '' } }, { kind: 'failed' }],
  [true, undefined, { kind: 'failed' }],
] as const)('login answers %s %j', (isOk, answer, login) =>
  expect(readPluginLogin(isOk, answer)).toEqual(login),
)

test('asks the plugin by its callback', async () => {
  const plugin = {
    login: (callback: (isOk: boolean, answer: unknown) => void) =>
      callback(true, { result: { wechatCode: 'w' } }),
  }
  expect(await loginByPlugin(plugin)).toEqual({ kind: 'code', wechatCode: 'w' })
})
