import { expect, test } from 'vitest'
import { buildControl } from '../kit/control.ts'
import { ManualOffsetClock } from '../kit/sandbox-clock.ts'
import { MESSAGE_PUSH, MINI_PROGRAM, OFFICIAL_ACCOUNT } from './credentials.ts'
import { BASE_URL, testWeixin } from './test-weixin.ts'

function control() {
  const { simulator } = testWeixin()
  return buildControl({ simulators: [{ simulator, baseUrl: BASE_URL }], clock: new ManualOffsetClock() })
}

test('PLATFORMS gives a gateway all that it is configured with', async () => {
  expect((await control().inject('/platforms')).json()['weixin']).toMatchObject({
    baseUrl: BASE_URL,
    ...MINI_PROGRAM,
    officialAccountAppid: OFFICIAL_ACCOUNT.appid,
    officialAccountSecret: OFFICIAL_ACCOUNT.secret,
    ...MESSAGE_PUSH,
  })
})

test.each([
  ['errcode-45009', 201],
  ['errcode--1', 201],
  ['errcode-123456', 201],
  ['verify-ret-90199', 201],
  ['reply-lost', 201],
  ['push-late', 201],
  ['errcode-', 400],
  ['errcode-1x', 400],
  ['verify-ret-', 400],
])('the fault %s is answered with %i', async (kind, status) => {
  const payload = { kind, times: 1 }
  const reply = await control().inject({ method: 'POST', url: '/platforms/weixin/faults', payload })
  expect(reply.statusCode).toBe(status)
})

test('actions refuse what they do not know', async () => {
  const app = control()
  const status = async (action: string, payload: object) =>
    (await app.inject({ method: 'POST', url: `/platforms/weixin/actions/${action}`, payload })).statusCode
  expect(await status('mini-program-code', {})).toBe(400)
  expect(await status('set-phone', { person: 'lihua', refusedTemplates: ['x'] })).toBe(400)
  expect(await status('settings', { faceResultReads: 'twice' })).toBe(400)
  expect(await status('set-phone', { person: 'lihua', blocks: true })).toBe(200)
})
