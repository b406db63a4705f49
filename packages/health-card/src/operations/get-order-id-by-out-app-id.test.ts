import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'

test('appId is ours unless said', async () => {
  const { client, sent } = fakePlatform(() => ({ rsp: { orderId: 'o' } }))
  expect(await client.getOrderIdByOutAppId({ qrCodeText: 'q' }, MINI)).toEqual({ orderId: 'o' })
  await client.getOrderIdByOutAppId({ qrCodeText: 'q', appId: 'other' }, MINI)
  expect(sent.map(({ req }) => req['appId'])).toEqual(['app', 'other'])
})
