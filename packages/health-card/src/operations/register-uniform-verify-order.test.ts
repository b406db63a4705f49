import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

const request = {
  ...{ cardType: '01' as const, idCard: LI.idNumber, name: LI.name, wechatCode: 'w', scene: '0101082' },
  ...{
    useCardType: '11',
    verifySuccessRedirectUrl: 'mini:/r?o=${registerOrderId}',
    verifyFailRedirectUrl: 'mini:/n',
  },
}
const order = (rsp: object) => fakePlatform(() => ({ rsp })).client.registerUniformVerifyOrder(request, MINI)

test('an order with its page, and one without: visible, and no verification', async () => {
  expect(await order({ verifyOrderId: 'v1', verifyUrl: 'https://p/v', protectState: '0' })).toEqual({
    kind: 'yes',
    value: { verifyOrderId: 'v1', verifyUrl: 'https://p/v', protectState: 0 },
  })
  expect(await order({ verifyOrderId: 'v1', verifyUrl: '', protectState: 1 })).toMatchObject({
    kind: 'yes',
    value: { verifyUrl: undefined, protectState: 1 },
  })
})

test('an order without a number cannot be queried: unknown', async () => {
  expect(await order({ verifyUrl: 'https://p/v' })).toEqual({ kind: 'unknown', cause: 'malformed' })
})
