import { readFileSync } from 'node:fs'
import { ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { buildControl } from '../kit/control.ts'
import { ManualOffsetClock } from '../kit/sandbox-clock.ts'
import { OWN_FAULTS } from './own-faults.ts'
import { ROUTES } from './requests/all-routes.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { testMerchant } from './test-merchant.ts'

const guide = readFileSync(new URL('../../../../docs/guides/sandbox-wechat-pay.md', import.meta.url), 'utf8')

test('the guide names every fault, action, setting and operation', () => {
  const { simulator } = testMerchant()
  const names = [
    ...Object.keys(OWN_FAULTS),
    ...Object.keys(simulator.actions),
    ...Object.keys(DEFAULT_SETTINGS),
    ...ROUTES.map(({ operation }) => operation),
  ]
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
})

test('the control takes every fault that the guide orders', async () => {
  const { simulator } = testMerchant()
  const clock = new ManualOffsetClock(new ManualClock())
  const control = buildControl({ simulators: [{ simulator, baseUrl: 'http://127.0.0.1:9103' }], clock })
  const examples = [...guide.matchAll(/^fault '(.+)'/gm)].map(([, json]) => json ?? '')
  expect(examples.length).toBeGreaterThan(2)
  for (const payload of examples) {
    const headers = { host: '127.0.0.1', 'content-type': 'application/json' }
    const url = '/platforms/wechat-pay/faults'
    expect((await control.inject({ method: 'POST', url, headers, payload })).statusCode, payload).toBe(201)
  }
})
