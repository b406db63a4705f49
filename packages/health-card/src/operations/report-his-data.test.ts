import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'

const report = {
  ...{ qrCodeText: 'q', time: '2026-11-23 09:00:00', hospitalCode: '90003', scene: '0101011' },
  ...{ department: '0300', cardType: '11', cardChannel: '0402' },
}

test('one event goes out as it is', async () => {
  const { client, sent } = fakePlatform(() => ({ rsp: { none: '' } }))
  expect(await client.reportHISData(report, MINI)).toEqual({ kind: 'yes', value: undefined })
  expect(sent.map(({ req }) => req)).toEqual([report])
})
