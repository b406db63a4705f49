import { ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { signPayment } from './sign-payment.ts'
import { createSigner } from './sign-request.ts'
import { PUBLISHED } from './testing/published-vectors.ts'

test("WeChat's published example of the client's payment parameters", () => {
  const { appid, prepayId, paySign } = PUBLISHED.payment
  const clock = new ManualClock(PUBLISHED.stamp.timestamp * 1000)
  const { nonce } = PUBLISHED.stamp
  expect(signPayment(createSigner(PUBLISHED.merchant), clock, { appid, prepayId, nonce })).toEqual({
    appId: appid,
    timeStamp: '1554208460',
    nonceStr: nonce,
    package: `prepay_id=${prepayId}`,
    signType: 'RSA',
    paySign,
  })
})
