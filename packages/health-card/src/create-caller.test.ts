import { expect, test } from 'vitest'
import { HealthCardError } from './errors.ts'
import { fakePlatform, MINI } from './testing/fake-platform.ts'
import { FORM, LI } from './testing/people.ts'

const REFUSED = { resultCode: -90002, errMsg: 'appToken无效或已过期' }
const CARD_CODE = { healthCode: 'H1' }

test.each([
  ['by its code', { config: { tokenInvalidCodes: [-90002] } }, '请重试'],
  ['by its text', {}, 'appToken无效或已过期'],
  ['by a text of our own', { config: { tokenInvalidText: /暗号/g } }, '暗号'],
])(
  'a call refused for its token, known %s, is made once more with another token',
  async (_, more, errMsg) => {
    let refusals = 1
    const { client, sent, tokensIssued } = fakePlatform(
      () => (refusals-- > 0 ? { ...REFUSED, errMsg } : { rsp: {} }),
      more,
    )
    expect((await client.bindCardRelation({ patid: 'P', qrCodeText: 'q' }, MINI)).kind).toBe('yes')
    expect(sent.map(({ commonIn }) => commonIn['appToken'])).toEqual(['token-1', 'token-2'])
    expect(new Set(sent.map(({ commonIn }) => commonIn['requestId'])).size).toBe(2)
    expect(tokensIssued()).toBe(2)
  },
)

test('refused a second time, that is the answer', async () => {
  const { client, sent } = fakePlatform(() => REFUSED)
  expect(await client.getHealthCardByHealthCode(CARD_CODE, MINI)).toMatchObject({
    kind: 'no',
    code: '-90002',
  })
  expect(sent).toHaveLength(2)
})

test.each([
  ['another refusal', { resultCode: -10044, errMsg: 'Value for partnerOrgCode cannot be null' }, 'no'],
  ['an unusable reply', { resultCode: null }, 'unknown'],
  // Under resultCode 0 the code may be spent, whatever the words say.
  ['a no of our own under resultCode 0', { rsp: { verifyUrl: '' }, errMsg: 'token 无效' }, 'no'],
])('%s is not repeated', async (_, answer, kind) => {
  const { client, sent } = fakePlatform(() => answer)
  expect((await client.registerHealthCardPreFill(FORM, MINI)).kind).toBe(kind)
  expect(sent).toHaveLength(1)
})

test('a read tells platform, transport and unknown apart, without a word of the platform', async () => {
  const errMsg = `${LI.name} ${LI.idNumber}`
  const asked = { orderId: 'o', verifyType: 1 }
  const errorOf = (resultCode: unknown, more = {}) =>
    fakePlatform(() => ({ resultCode, errMsg }), more)
      .client.getOrderInfoByOrderId(asked, MINI)
      .catch((error: unknown) => error)
  const refused = await errorOf(-5)
  expect(refused).toBeInstanceOf(HealthCardError)
  expect(refused).toMatchObject({
    kind: 'platform',
    code: '-5',
    requestId: expect.stringMatching(/^[0-9A-F]{32}$/),
  })
  expect(String(refused)).not.toContain(LI.name)
  expect(await errorOf(null)).toMatchObject({ kind: 'unknown', code: 'malformed' })
  const down = () => Promise.reject(Object.assign(new TypeError(), { cause: { syscall: 'connect' } }))
  expect(await errorOf(0, { fetch: down })).toMatchObject({ kind: 'transport', code: 'transport' })
})

test('a token that the platform refuses says nothing about the call, which was not made', async () => {
  const refuseAll = async () =>
    Response.json({ commonOut: { requestId: 'r', resultCode: -90005, errMsg: 'appId不存在' }, rsp: {} })
  const { client, records } = fakePlatform(() => ({}), { fetch: refuseAll })
  expect(await client.getHealthCardByHealthCode(CARD_CODE, MINI)).toEqual({
    kind: 'no',
    code: 'transport',
    reason: 'no appToken: platform -90005',
  })
  await expect(client.getAppToken()).rejects.toMatchObject({ kind: 'platform', code: '-90005' })
  expect(records.map(({ operation }) => operation)).toEqual(['getAppToken', 'getAppToken'])
})
