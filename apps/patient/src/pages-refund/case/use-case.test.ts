import { beforeEach, expect, test, vi } from 'vitest'
import type { Receiving, RefundCase } from '../../api/refund-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import type { ReceiveEnd } from '../../platform/receive-transfer.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { caseOf, legAt, receiving } from '../../test-support/refund-views.ts'
import { lost, me, ok, refused } from '../../test-support/views.ts'
import { receivingLeg, rememberReceiving } from '../shared/receiving-leg.ts'
import { useCase } from './use-case.ts'

beforeEach(() => void fakeUni())

type Answer = ApiResult<RefundCase>
type Given = {
  readonly handed?: RefundCase
  readonly get?: readonly Answer[]
  readonly received?: readonly Answer[]
  readonly retry?: readonly Answer[]
  readonly withdraw?: readonly Answer[]
  readonly receive?: ApiResult<Receiving>
  readonly end?: ReceiveEnd
}

const waiting = caseOf(legAt['to-receive'])
const working = caseOf(legAt.processing)
const paid = caseOf(legAt.paid)

function answering(answers: readonly Answer[] = [ok(waiting)]) {
  const answer = vi.fn(async (..._path: string[]): Promise<Answer> => answers.at(-1) ?? lost)
  for (const one of answers) answer.mockResolvedValueOnce(one)
  return answer
}

function page(given: Given = {}) {
  const waits: number[] = []
  const parts = {
    get: answering(given.get),
    retry: answering(given.retry),
    receive: vi.fn(async () => given.receive ?? ok(receiving)),
    received: answering(given.received),
    withdraw: answering(given.withdraw),
    openReceiving: vi.fn(async () => given.end ?? ('ended' as const)),
    takeHanded: vi.fn(() => given.handed),
    cleanAddress: vi.fn(),
    wait: vi.fn(async (ms: number): Promise<void> => void waits.push(ms)),
    allowed: { loadMe: async () => ok(me), openConsent: async () => true },
  }
  return { parts, waits, ...useCase(parts) }
}

const phases = (one: RefundCase | undefined) => one?.legs.map(({ phase }) => phase)

test('「ok」 of the phone is nothing: the gateway asks WeChat, and says that it was received', async () => {
  const { arrive, receive, refund, parts } = page({ received: [ok(paid)] })
  await arrive({ id: 'refund_1' })
  await receive('leg_1')
  expect(parts.openReceiving).toHaveBeenCalledExactlyOnceWith(receiving, 'refund_1')
  expect(parts.received).toHaveBeenCalledExactlyOnceWith('refund_1', 'leg_1')
  expect(refund.value?.legs[0]?.message).toBe(
    '您的预交金退款申请已成功办理，金额将在5-30分钟内退还至当前微信钱包余额',
  )
})

test('left without confirming: said, and what WeChat learns a moment later is seen without a tap', async () => {
  const { arrive, receive, refund, notReceived, parts } = page({
    received: [ok(waiting), ok(waiting), ok(waiting), ok(paid)],
  })
  await arrive({ id: 'refund_1' })
  await receive('leg_1')
  expect([notReceived.value, phases(refund.value)]).toEqual([true, ['to-receive']])
  await receive('leg_1')
  expect([notReceived.value, phases(refund.value)]).toEqual([false, ['paid']])
  expect(parts.wait).toHaveBeenCalledTimes(2)
})

test.each(['ok', 'cancel'])(
  'back by the address (result=%s): the word goes, the gateway is asked',
  async (result) => {
    rememberReceiving('refund_1', 'leg_1')
    const { arrive, parts, refund } = page({ received: [ok(paid)] })
    await arrive({ id: 'refund_1', result })
    expect(parts.cleanAddress).toHaveBeenCalledWith({ id: 'refund_1' })
    expect(parts.received).toHaveBeenCalledExactlyOnceWith('refund_1', 'leg_1')
    expect(phases(refund.value)).toEqual(['paid'])
    expect(receivingLeg('refund_1')).toBeUndefined()
  },
)

test('nobody can say what became of it: the page asks again, and nothing is received twice', async () => {
  const { arrive, receive, refresh, unsure, refund, parts } = page({ received: [lost, ok(paid)] })
  await arrive({ id: 'refund_1' })
  await receive('leg_1')
  expect(unsure.value).toBe(true)
  await refresh()
  expect([unsure.value, phases(refund.value)]).toEqual([false, ['paid']])
  expect(parts.receive).toHaveBeenCalledOnce()
})

test('a WeChat that cannot: what to do is said, and the leg stays as it is', async () => {
  const { arrive, receive, refusal, unsure, parts } = page({ end: 'unsupported' })
  await arrive({ id: 'refund_1' })
  await receive('leg_1')
  expect([refusal.value?.code, unsure.value]).toEqual(['CANNOT_RECEIVE', false])
  expect(parts.received).not.toHaveBeenCalled()
})

test('mini program in development: the stand-in lies above; back from it the gateway is asked', async () => {
  const { arrive, receive, show, refund } = page({ end: 'opened', received: [ok(paid)] })
  await arrive({ id: 'refund_1' })
  await receive('leg_1')
  expect(phases(refund.value)).toEqual(['to-receive'])
  await show()
  expect(phases(refund.value)).toEqual(['paid'])
})

test('while it is worked on the page looks gently, for two minutes, and then says so', async () => {
  const long = page({ handed: working, get: [ok(working)] })
  await long.arrive({ id: 'refund_1' })
  expect(long.waits).toEqual([2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1000))
  expect([long.slow.value, long.parts.get.mock.calls.length]).toEqual([true, 7])
  const short = page({ handed: working, get: [lost, ok(waiting)] })
  await short.arrive({ id: 'refund_1' })
  expect([short.slow.value, phases(short.refund.value), short.refusal.value]).toEqual([
    false,
    ['to-receive'],
    undefined,
  ])
})

test('whoever left the page is not asked for any more', async () => {
  const { arrive, leave, parts } = page({ handed: working })
  parts.wait.mockImplementationOnce(async () => leave())
  await arrive({ id: 'refund_1' })
  expect(parts.get).not.toHaveBeenCalled()
})

test('not enough: the list’s words, and another try without another face check', async () => {
  const { arrive, retry, refund, lead } = page({
    get: [ok(caseOf(legAt['not-enough']))],
    retry: [ok(waiting)],
  })
  await arrive({ id: 'refund_1' })
  expect([lead.value?.message, lead.value?.can.retry]).toEqual(['商户号余额不足，请稍后再试', true])
  await retry()
  expect(phases(refund.value)).toEqual(['to-receive'])
})

test('withdrawing asks first; a refusal is said with how it stands now', async () => {
  const first = page({
    withdraw: [ok(caseOf(legAt.withdrawing))],
    get: [ok(waiting), ok(caseOf(legAt.returned))],
  })
  await first.arrive({ id: 'refund_1' })
  first.ask('leg_1')
  expect([first.asking.value?.id, first.parts.withdraw.mock.calls.length]).toEqual(['leg_1', 0])
  await first.withdraw()
  expect(first.parts.withdraw).toHaveBeenCalledExactlyOnceWith('refund_1', 'leg_1')
  expect([first.asking.value, phases(first.refund.value)]).toEqual([undefined, ['returned']])
  const late = page({ withdraw: [refused('refund-refused')], get: [ok(waiting), ok(paid)] })
  await late.arrive({ id: 'refund_1' })
  late.ask('leg_1')
  await late.withdraw()
  expect([late.refusal.value?.code, phases(late.refund.value)]).toEqual(['refund-refused', ['paid']])
})

test('two taps open one page; the leg that waits for the patient leads', async () => {
  const { arrive, receive, lead, parts } = page({
    get: [ok(caseOf({ ...legAt.processing, id: 'leg_0', route: 'original' }, legAt['to-receive']))],
    received: [ok(paid)],
  })
  await arrive({ id: 'refund_1' })
  expect(lead.value?.id).toBe('leg_1')
  await Promise.all([receive('leg_1'), receive('leg_1')])
  expect(parts.openReceiving).toHaveBeenCalledOnce()
})

test('nobody’s refund is said to be gone; a gateway out of reach can be tried again', async () => {
  const nobodys = page({ get: [refused('refund-not-yours')] })
  await nobodys.arrive({ id: 'refund_9' })
  expect([nobodys.gone.value, nobodys.allowed.gate.value]).toEqual([true, 'open'])
  const without = page()
  await without.arrive({})
  expect(without.gone.value).toBe(true)
  const down = page({ get: [lost, ok(paid)] })
  await down.arrive({ id: 'refund_1' })
  expect(down.allowed.gate.value).toBe('problem')
  await down.run()
  expect(phases(down.refund.value)).toEqual(['paid'])
})
