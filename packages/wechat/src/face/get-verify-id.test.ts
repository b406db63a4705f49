import { sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { type Answer, fakeWechat } from '../testing/fake-wechat.ts'
import { getVerifyId } from './get-verify-id.ts'

const NAME = '李明华'
const NUMBER = '330102199001012217'
const REQUEST = {
  outSeqNo: 'refund_0001',
  certName: sensitive(NAME),
  certNo: sensitive(NUMBER),
  openid: 'openid-1',
}
const ask = (answer: Answer, more: Partial<typeof REQUEST> = {}) => {
  const wechat = fakeWechat(() => answer)
  return { ...wechat, outcome: getVerifyId(wechat.caller, { ...REQUEST, ...more }) }
}

test('opens a verification for this person and openid', async () => {
  const { outcome, sent } = ask({ errcode: 0, verify_id: 'v1', expires_in: 1_800 })
  expect(await outcome).toEqual({ kind: 'yes', value: { verifyId: 'v1', expiresInSeconds: 1_800 } })
  expect(sent[0]).toMatchObject({
    path: '/cityservice/face/identify/getverifyid',
    body: {
      out_seq_no: 'refund_0001',
      cert_info: { cert_type: 'IDENTITY_CARD', cert_name: NAME, cert_no: NUMBER },
      openid: 'openid-1',
    },
  })
})

test('an hour, where the reply does not say', async () => {
  expect(await ask({ errcode: 0, verify_id: 'v1' }).outcome).toMatchObject({
    value: { expiresInSeconds: 3_600 },
  })
})

test.each([
  { errcode: 0 },
  { errcode: 0, verify_id: '' },
  { errcode: 0, verify_id: 'v'.repeat(257) },
  { errcode: 0, verify_id: 'v1', expires_in: -1 },
  { errcode: -1 },
  new Response('', { status: 504 }),
])('a reply that opens nothing is unknown, and is not asked for again (%#)', async (answer) => {
  const { outcome, sent } = ask(answer)
  expect((await outcome).kind).toBe('unknown')
  expect(sent).toHaveLength(1)
})

test('a refusal is no, without name and number in its reason', async () => {
  const { outcome, records } = ask({ errcode: 84006, errmsg: `empty ${NAME} ${NUMBER}` })
  expect(await outcome).toEqual({ kind: 'no', code: '84006', reason: 'empty [已隐藏] [已隐藏]' })
  expect(JSON.stringify(records)).not.toMatch(new RegExp(`${NAME}|${NUMBER}`))
})

test.each([
  ['outSeqNo', { outSeqNo: 'abcd' }],
  ['outSeqNo', { outSeqNo: 'a'.repeat(33) }],
  ['outSeqNo', { outSeqNo: 'a b c d' }],
  ['certName', { certName: sensitive(' ') }],
  ['certNo', { certNo: sensitive('') }],
  ['openid', { openid: '' }],
])('an unsound %s is refused before anything is sent', async (field, more) => {
  const { outcome, sent } = ask({}, more)
  await expect(outcome).rejects.toMatchObject({ name: 'WechatInputError', field })
  expect(sent).toEqual([])
})
