import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, fakeWechat } from '../testing/fake-wechat.ts'
import { FACE_RESULTS } from './face-results.ts'
import { queryVerifyInfo } from './query-verify-info.ts'

const REQUEST = { verifyId: 'v1', outSeqNo: 'refund_0001', certHash: 'ab'.repeat(32), openid: 'openid-1' }
const seed = 20_261_123
const ask = (answer: Answer, more: Partial<typeof REQUEST> = {}) => {
  const wechat = fakeWechat(() => answer)
  return { ...wechat, result: queryVerifyInfo(wechat.caller, { ...REQUEST, ...more }) }
}

test('asks with what the session was opened with, and never for the picture', async () => {
  const { result, sent } = ask({ errcode: 0, errmsg: 'ok', verify_ret: 10000 })
  expect(await result).toMatchObject({ code: 10000, passed: true, action: 'grant' })
  expect(sent).toEqual([
    {
      path: '/cityservice/face/identify/queryverifyinfo',
      token: 'token-1',
      body: {
        verify_id: 'v1',
        out_seq_no: 'refund_0001',
        cert_hash: REQUEST.certHash,
        openid: 'openid-1',
      },
    },
  ])
})

test('of all codes, only 10000 passes', async () => {
  const passed: number[] = []
  for (const { code } of [...FACE_RESULTS, { code: 0 }, { code: 1 }, { code: 10999 }]) {
    const result = await ask({ errcode: 0, verify_ret: code }).result
    if (result.passed) passed.push(code)
  }
  expect(passed).toEqual([10000])
})

test.each([
  { verify_ret: 10000 },
  { errcode: '0', verify_ret: 10000 },
  { errcode: null, verify_ret: 10000 },
  { errcode: 0, verify_ret: '10000' },
  { errcode: 0, verify_ret: [10000] },
  { errcode: 0, verify_ret: 10000.5 },
  { errcode: 0, verify_ret: true },
  { errcode: 0 },
  new Response('{"errcode":0,"verify_ret":10000}', { status: 500 }),
])('is no pass and no result: %j', async (answer) => {
  await expect(ask(answer).result).rejects.toMatchObject({ kind: 'unavailable' })
})

test('another openid or certificate is refused with an errcode, a pass beside it counts for nothing', async () => {
  await expect(ask({ errcode: 84001, verify_ret: 10000 }).result).rejects.toMatchObject({
    kind: 'refused',
    errcode: 84001,
  })
})

test.each([
  ['verifyId', { verifyId: '' }],
  ['outSeqNo', { outSeqNo: '?' }],
  ['certHash', { certHash: 'AB'.repeat(32) }],
  ['openid', { openid: '' }],
])('an unsound %s is refused before anything is sent', async (field, more) => {
  const { result, sent } = ask({}, more)
  await expect(result).rejects.toMatchObject({ name: 'WechatInputError', field })
  expect(sent).toEqual([])
})

test(`whatever the reply, it passes only with both numbers (seed ${seed})`, async () => {
  const values = fc.oneof(fc.constantFrom(0, 10000, '0', '10000', null), fc.jsonValue({ maxDepth: 1 }))
  await fc.assert(
    fc.asyncProperty(values, values, async (errcode, verify_ret) => {
      const passed = await ask({ errcode, verify_ret }).result.then(
        (result) => result.passed,
        () => false,
      )
      expect(passed).toBe(errcode === 0 && verify_ret === 10000)
    }),
    { seed, numRuns: 200 },
  )
})
