import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
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
