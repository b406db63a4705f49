import { expect, test } from 'vitest'
import { ENDPOINTS } from './endpoints.ts'
import type { CallContext, ContractConfig } from './options.ts'
import { signRequest } from './sign.ts'
import { APP, fakePlatform, MINI } from './testing/fake-platform.ts'
import { CARD, FORM, LI } from './testing/people.ts'

const read = { healthCardId: 'c', idType: '01', idNumber: LI.idNumber }

async function sentWith(config: ContractConfig, context: CallContext = MINI) {
  const { client, sent } = fakePlatform(() => ({ rsp: { qrCodeText: 'q' } }), { config })
  await client.getDynamicQRCode(read, context)
  const [call] = sent
  if (!call) throw new Error('nothing was sent')
  return call
}

test('the envelope: who, for whom, when, signed as it is sent', async () => {
  const { commonIn, req, path } = await sentWith({})
  expect(path).toBe(ENDPOINTS.getDynamicQRCode.path)
  expect(commonIn).toEqual({
    ...{ appToken: 'token-1', hospitalId: '90003', timestamp: '1795395600', channelNum: 1 },
    ...{ relateAppId: 'wx1', relateOpenId: 'openid-1' },
    requestId: expect.stringMatching(/^[0-9A-F]{32}$/),
    sign: signRequest(commonIn, req, APP.appSecret),
  })
})

test('what the contract leaves open is configuration', async () => {
  expect((await sentWith({ paths: { getDynamicQRCode: '/other' } })).path).toBe('/other')
  expect((await sentWith({ timestampType: 'number' })).commonIn['timestamp']).toBe(1795395600)
  expect((await sentWith({ related: { getDynamicQRCode: false } })).commonIn).not.toHaveProperty(
    'relateAppId',
  )
  expect((await sentWith({}, { channelNum: 0 })).commonIn).not.toHaveProperty('relateOpenId')
  const unsigned = await sentWith({ signZero: false }, { channelNum: 0 })
  expect(unsigned.commonIn['sign']).toBe(
    signRequest(unsigned.commonIn, unsigned.req, APP.appSecret, { signZero: false }),
  )
  const misspelt = await sentWith({ requestNames: { getDynamicQRCode: { healthCardId: 'healthCardld' } } })
  expect(misspelt.req).toEqual({ healthCardld: 'c', idType: '01', idNumber: LI.idNumber })
})

test('what the call log gets holds no name, number, phone, address, code, token, openid or sign', async () => {
  const errMsg = `${LI.name}（${LI.idNumber}）已存在`
  const { client, records, sent } = fakePlatform(({ operation }) =>
    operation === 'registerHealthCardPreFill'
      ? { resultCode: -7, errMsg }
      : { rsp: { card: CARD, isSelf: true, extra: LI.phone1 } },
  )
  const childInfo = { mother: { name: '王秀英', phone: '13900000225', address: LI.address } }
  const refused = await client.registerHealthCardPreFill({ ...FORM, childInfo }, MINI)
  await client.getHealthCardByHealthCode({ healthCode: 'health-code-secret' }, MINI)
  expect(refused).toEqual({ kind: 'no', code: '-7', reason: '[已隐藏]（[已隐藏]）已存在' })
  expect(records.map(({ operation, outcome, code }) => [operation, outcome, code])).toEqual([
    ['getAppToken', 'yes', '0'],
    ['registerHealthCardPreFill', 'no', '-7'],
    ['getHealthCardByHealthCode', 'yes', '0'],
  ])
  expect(records[1]).toMatchObject({ requestId: sent[0]?.commonIn['requestId'], startedAtMs: 1795395600000 })
  const kept = JSON.stringify(records)
  const secrets = [LI.name, LI.idNumber, LI.phone1, LI.address, '王秀英', '13900000225', CARD.qrCodeText]
  const codes = ['auth-code-secret', 'health-code-secret', 'token-1', 'openid-1', APP.appSecret]
  const signs = sent.map(({ commonIn }) => String(commonIn['sign']))
  for (const secret of [...secrets, ...codes, ...signs]) expect(kept).not.toContain(secret)
})

test('the record tells what became of the call, not only what the platform said', async () => {
  const { client, records } = fakePlatform(() => ({ rsp: { verifyUrl: '' }, errMsg: '请核对' }))
  expect(await client.registerHealthCardPreFill(FORM, MINI)).toEqual({
    kind: 'no',
    code: 'empty-verify-url',
    reason: '请核对',
  })
  expect(records.at(-1)).toMatchObject({
    outcome: 'no',
    code: 'empty-verify-url',
    reply: { errMsg: '请核对' },
  })
})

test.each([
  () => {
    throw new Error('disk full')
  },
  async () => {
    throw new Error('disk full, later')
  },
])('a log that fails changes no outcome', async (onCall) => {
  const { client } = fakePlatform(() => ({ rsp: { result: true } }), { onCall })
  expect((await client.bindCardRelation({ patid: 'P', qrCodeText: 'q' }, MINI)).kind).toBe('yes')
})
