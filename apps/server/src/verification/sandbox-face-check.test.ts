import { expect, test } from 'vitest'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import { sandboxFaceCheck } from './sandbox-face-check.ts'

const PERSON = { name: '李明华', idNumber: '330102199001012210' }
const SESSION = { hospitalId: 'demo', openid: 'o1' } as unknown as Session

function platform(mode: 'development' | 'production', send: typeof fetch): Platform {
  const hospitals = { find: () => ({ wechat: { apiOrigin: 'http://127.0.0.1:1' } }) }
  return { settings: { mode }, hospitals, fetch: send } as unknown as Platform
}

test('in production nobody passes by pressing a button: the stand-in refuses and calls nobody', async () => {
  let calls = 0
  const check = sandboxFaceCheck(
    platform('production', async () => {
      calls++
      return new Response()
    }),
  )
  await expect(check.start(SESSION, PERSON, 'number-1')).rejects.toMatchObject({ code: 'face-check-refused' })
  const started = { outSeqNo: 'number-1', verifyId: 'v', bridgePage: undefined }
  await expect(check.settle(SESSION, PERSON, started)).rejects.toMatchObject({ code: 'face-check-refused' })
  expect(calls).toBe(0)
})

test.each([
  ['passed', { kind: 'yes' }],
  ['failed', { kind: 'no' }],
  ['cancelled', { kind: 'no' }],
  ['pending', { kind: 'unknown' }],
  ['something else', { kind: 'unknown' }],
])('an answer %j of the provider is %j', async (state, outcome) => {
  const check = sandboxFaceCheck(platform('development', async () => Response.json({ state })))
  const started = { outSeqNo: 'number-1', verifyId: 'v', bridgePage: undefined }
  expect(await check.settle(SESSION, PERSON, started)).toMatchObject(outcome)
})
