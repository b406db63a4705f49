import { expect, test } from 'vitest'
import { bridgePageOf } from './bridge-page.ts'

const sandbox = { wechat: { apiOrigin: 'http://127.0.0.1:9102' } }

test('development: the simulator’s own page of this check', () => {
  expect(bridgePageOf({ mode: 'development' }, sandbox, 'v1')).toBe('http://127.0.0.1:9102/sandbox/face/v1')
})

test('production has no such page, whatever the hospital configured', () => {
  for (const apiOrigin of ['http://127.0.0.1:9102', 'http://localhost:9102', 'https://api.weixin.qq.com'])
    expect(bridgePageOf({ mode: 'production' }, { wechat: { apiOrigin } }, 'v1')).toBeNull()
})

test('the real WeChat in development: its own dialogue', () => {
  const wechat = { apiOrigin: 'https://api.weixin.qq.com' }
  expect(bridgePageOf({ mode: 'development' }, { wechat }, 'v1')).toBeNull()
})
