import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

const request = {
  ...{ orderId: 'o', wechatCode: 'w', idCard: LI.idNumber, cardType: '01', name: LI.name },
  ...{ result: '01', verifyType: 1 },
}
const tell = (rsp: object) =>
  fakePlatform(() => ({ rsp, errMsg: '不一致' })).client.registerRealPersonAuthOrder(request, MINI)

test('verifyOrderId; empty means refused', async () => {
  expect(await tell({ verifyOrderId: 'v' })).toEqual({ kind: 'yes', value: { verifyOrderId: 'v' } })
  expect(await tell({ verifyOrderId: '' })).toEqual({
    kind: 'no',
    code: 'empty-verify-order-id',
    reason: '不一致',
  })
})
