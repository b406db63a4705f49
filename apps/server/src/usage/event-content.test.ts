import { expect, test } from 'vitest'
import { Cipher } from '../platform/crypto/cipher.ts'
import { type EventContent, openContent, sealContent } from './event-content.ts'

const cipher = new Cipher('ab'.repeat(32))
const LEAST: EventContent = {
  report: {
    ...{ qrCodeText: '卡"\\:1', time: '2026-11-28 10:00:00', hospitalCode: '30613', scene: '0101013' },
    ...{ cardType: '11', cardChannel: '0402' },
  },
  context: { channelNum: 0 },
}
const MOST: EventContent = {
  report: {
    ...LEAST.report,
    subHospitalCode: 'E01',
    department: '0300',
    cardCostTypes: '0100',
    serviceId: 's-1',
  },
  context: { channelNum: 1, relatedUser: { appid: 'wx1', openid: 'o1' } },
}

test.each([
  ['least', LEAST],
  ['most', MOST],
])('what is opened is what was sealed, member by member: %s', (_, content) => {
  expect(openContent(cipher, sealContent(cipher, content))).toStrictEqual(content)
})
