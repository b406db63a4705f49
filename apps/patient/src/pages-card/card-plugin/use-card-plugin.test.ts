import { beforeEach, expect, test, vi } from 'vitest'
import type { MeView } from '../../api/types.ts'
import { rememberErrand, takeWechatCode } from '../../flow/wechat-code.ts'
import type { CardPlugin } from '../../platform/health-card-plugin.ts'
import type { WireRequest } from '../../platform/request-client.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { me, ok } from '../../test-support/views.ts'
import { bridgeCode } from './bridge-code.ts'
import { useCardPlugin } from './use-card-plugin.ts'

beforeEach(() => void fakeUni())

const answering = (isOk: boolean, result: object): CardPlugin => ({
  login: (callback) => callback(isOk, { result }),
})

function page(plugin: CardPlugin | undefined, bridge: (me: MeView) => Promise<string | undefined>) {
  const goBack = vi.fn(async () => true)
  return { goBack, ...useCardPlugin({ plugin: () => plugin, ensureMe: async () => ok(me), bridge, goBack }) }
}
const noBridge = async () => undefined

test('a code is kept, and the page that sent for it is shown again', async () => {
  rememberErrand({ next: 'face' })
  const { run, goBack } = page(answering(true, { wechatCode: 'w' }), noBridge)
  await run()
  expect(goBack).toHaveBeenCalledWith({ next: 'face' })
  expect(takeWechatCode()).toBe('w')
})

test("not yet allowed: the platform's component asks, and its event brings the code", async () => {
  const { run, asksPerson, authorised, goBack } = page(answering(false, { type: 3 }), noBridge)
  await run()
  expect(asksPerson.value).toBe(true)
  await authorised({ detail: { result: { wechatCode: 'w' } } })
  expect(goBack).toHaveBeenCalledOnce()
  await authorised({ detail: { wechatCode: 'w2' } })
  expect(takeWechatCode()).toBe('w2')
})

test('refused by the person, or no plugin at all: said, with a way to try again', async () => {
  const asked = page(answering(false, { toLogin: true }), noBridge)
  await asked.run()
  await asked.refused()
  expect(asked.problem.value?.code).toBe('NO_WECHAT_CODE')
  const without = page(undefined, noBridge)
  await without.run()
  expect(without.problem.value?.code).toBe('NO_WECHAT_CODE')
})

test('the card code does not wait for a code that does not come: its page goes on without', async () => {
  const errand = { next: 'verify', purpose: 'card-code', patientId: 'p' } as const
  rememberErrand(errand)
  const without = page(undefined, noBridge)
  await without.run()
  expect(without.goBack).toHaveBeenCalledWith(errand)
  const asked = page(answering(false, { toLogin: true }), noBridge)
  await asked.run()
  await asked.refused()
  expect(asked.goBack).toHaveBeenCalledOnce()
  expect(asked.problem.value).toBeUndefined()
  expect(takeWechatCode()).toBeUndefined()
})

test('without the plugin the bridge stands in', async () => {
  const { run, goBack } = page(undefined, async () => 'w')
  await run()
  expect(goBack).toHaveBeenCalledOnce()
})

test('the bridge needs a gateway in development mode and an address on this machine', async () => {
  const sent: WireRequest[] = []
  const send = async (request: WireRequest) => {
    sent.push(request)
    return { kind: 'answer', status: 200, body: { wechatCode: 'w' } } as const
  }
  const local = 'http://127.0.0.1:9100/platforms/health-card/actions/wechat-code'
  expect(await bridgeCode({ ...me, developmentBridge: false }, local, 'lihua', send)).toBeUndefined()
  expect(await bridgeCode(me, 'https://evil.example/', 'lihua', send)).toBeUndefined()
  expect(await bridgeCode(me, '', 'lihua', send)).toBeUndefined()
  expect(sent).toEqual([])
  expect(await bridgeCode(me, local, 'lihua', send)).toBe('w')
  expect(sent[0]).toMatchObject({ url: local, method: 'POST', body: '{"person":"lihua"}' })
})
