import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { openRefunds, type RefundsRig } from '../refunds/refunds-rig.ts'

// The connection tests of the console against the simulators of every platform.

interface Line {
  readonly name: string
  readonly about: string
  readonly state: string
  readonly note?: string
}

let rig: RefundsRig
let cookie: string
beforeAll(async () => {
  rig = await openRefunds()
  cookie = await signInAs(rig, { origin: rig.origin, loginName: 'tester', role: 'operator' })
})
afterAll(() => rig.close())

async function run(): Promise<readonly Line[]> {
  const { body } = await rig.app.http.inject({
    ...{ method: 'POST', url: '/api/v1/console/settings/tests', headers: { cookie, origin: rig.origin } },
    payload: { hospital: 'demo' },
  })
  // The answers of a simulator without a socket carry the real time, which is not that of the test.
  const lines = (JSON.parse(body) as { lines: Line[] }).lines
  return lines.filter(({ name }) => name !== 'payments.clock.demo')
}

test('each channel is really asked, and says what it was asked', async () => {
  const lines = await run()
  expect(lines.filter(({ state }) => state === 'failed')).toEqual([])
  const passed = lines.filter(({ state }) => state === 'passed').map(({ about }) => about)
  for (const word of [
    /getAppToken/,
    /HIS.*probe/,
    /小程序 wx.*stable_token/,
    /公众号 wx.*stable_token/,
    /微信支付/,
  ])
    expect(
      passed.some((about) => word.test(about)),
      `${word}`,
    ).toBe(true)
  const byHand = lines.filter(({ state }) => state === 'by-hand')
  expect(byHand.map(({ about }) => about).join()).toMatch(/短信能送到/)
  for (const { note } of byHand) expect(note).toMatch(/^在哪里看：/)
})

test('one that does not answer says what to do, and the others go on', async () => {
  rig.sandbox.simulators['weixin']?.faults.order({ kind: 'http-500', operation: 'stable_token', times: 4 })
  rig.sandbox.simulators['his-rest']?.faults.order({ kind: 'http-500', times: 10 })
  const failed = (await run()).filter(({ state }) => state === 'failed')
  expect(failed.map(({ name }) => name)).toContain('channels.his.demo')
  expect(failed.find(({ name }) => name === 'channels.his.demo')?.note).toMatch(
    /请核对 his 的地址、密钥和网络/,
  )
})
