import { beforeEach, expect, test, vi } from 'vitest'
import type { Payment, VisitOrder } from '../../api/visit-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import type { PayEnd } from '../../platform/pay.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { order, orderAt, payment, VISITS_NOW_MS } from '../../test-support/visit-views.ts'
import { isOpen, phaseOf } from './order-phase.ts'
import { isPaying, rememberPaying } from './paying.ts'
import { useOrder } from './use-order.ts'

beforeEach(() => void fakeUni())

type Answer = ApiResult<VisitOrder>
type Given = {
  readonly handed?: VisitOrder
  readonly get?: readonly Answer[]
  readonly paid?: readonly Answer[]
  readonly payment?: ApiResult<Payment>
  readonly end?: PayEnd
  readonly nowMs?: () => number
}

function answering(answers: readonly Answer[] = [ok(order)]) {
  const answer = vi.fn<(id: string) => Promise<Answer>>(async () => answers.at(-1) ?? lost)
  for (const one of answers) answer.mockResolvedValueOnce(one)
  return answer
}

function page(given: Given = {}) {
  const parts = {
    get: answering(given.get),
    paid: answering(given.paid),
    payment: vi.fn(async () => given.payment ?? ok(payment)),
    giveUp: vi.fn(async () => ok(undefined)),
    cancel: vi.fn(async (): Promise<Answer> => ok(orderAt.cancelling)),
    openPayment: vi.fn(async () => given.end ?? ('ended' as const)),
    takeHanded: vi.fn(() => given.handed),
    cleanAddress: vi.fn(),
    wait: vi.fn(async (): Promise<void> => undefined),
    nowMs: given.nowMs ?? (() => VISITS_NOW_MS),
  }
  return { parts, ...useOrder(parts) }
}

test('an order just made begins to pay at once; a reloaded page waits for a tap', async () => {
  const fresh = page({ handed: order, paid: [ok(orderAt.done)] })
  await fresh.arrive({ id: 'order_1' })
  expect(fresh.parts.openPayment).toHaveBeenCalledExactlyOnceWith(payment, 'order_1')
  const reloaded = page()
  await reloaded.arrive({ id: 'order_1' })
  expect(reloaded.parts.payment).not.toHaveBeenCalled()
})

test.each(['ok', 'cancel', 'fail'])(
  'back from the cashier with result=%s: only the gateway is believed, and the word leaves the address',
  async (result) => {
    rememberPaying('order_1')
    const { arrive, parts, phase } = page({ paid: [ok(orderAt.done)] })
    await arrive({ id: 'order_1', result })
    expect(parts.cleanAddress).toHaveBeenCalledWith({ id: 'order_1' })
    expect(parts.paid).toHaveBeenCalledExactlyOnceWith('order_1')
    expect(phase.value).toBe('done')
    expect(isPaying('order_1')).toBe(false)
  },
)

test('「支付成功」 of the phone is nothing: the gateway says unpaid, and the page says so', async () => {
  const { arrive, pay, notPaid, phase } = page()
  await arrive({ id: 'order_1' })
  await pay()
  expect(phase.value).toBe('to-pay')
  expect(notPaid.value).toBe(true)
})

test('a payment that WeChat learns of a moment later is seen without a tap', async () => {
  const { arrive, pay, phase, notPaid } = page({ get: [ok(order), ok(orderAt.confirming), ok(orderAt.done)] })
  await arrive({ id: 'order_1' })
  await pay()
  await vi.waitFor(() => expect(phase.value).toBe('done'))
  expect(notPaid.value).toBe(false)
})

test('nobody can say whether it was paid: the page offers to ask and not to pay again', async () => {
  const { arrive, pay, askPaid, unsure, refusal, phase, parts } = page({ paid: [lost, ok(orderAt.done)] })
  await arrive({ id: 'order_1' })
  await pay()
  expect(unsure.value).toBe(true)
  expect(refusal.value?.code).toBe('TIMEOUT')
  await askPaid()
  expect(phase.value).toBe('done')
  expect(unsure.value).toBe(false)
  expect(parts.payment).toHaveBeenCalledOnce()
})

test('two taps open one payment', async () => {
  const { arrive, pay, parts } = page({ paid: [ok(orderAt.done)] })
  await arrive({ id: 'order_1' })
  await Promise.all([pay(), pay()])
  expect(parts.openPayment).toHaveBeenCalledOnce()
})

test('what costs nothing opens no payment', async () => {
  const free = ok({ payment: null, cashierUrl: null })
  const { arrive, parts, phase } = page({ handed: order, payment: free, get: [ok(orderAt.done)] })
  await arrive({ id: 'order_1' })
  expect(parts.openPayment).not.toHaveBeenCalled()
  expect(phase.value).toBe('done')
})

test('outside WeChat nothing can be paid: said, and the order is not unsure', async () => {
  const { arrive, pay, refusal, unsure } = page({ end: 'unsupported' })
  await arrive({ id: 'order_1' })
  await pay()
  expect(refusal.value?.code).toBe('CANNOT_PAY')
  expect(unsure.value).toBe(false)
})

test('a payment that does not open shows why, and how the order stands now', async () => {
  const { arrive, pay, refusal, phase } = page({
    payment: refused('order-expired'),
    get: [ok(order), ok(orderAt.closed)],
  })
  await arrive({ id: 'order_1' })
  await pay()
  expect(refusal.value?.code).toBe('order-expired')
  expect(phase.value).toBe('over')
})

test('while the hospital is at work it looks again, for a while; one lost look is no error', async () => {
  const busy = page({ get: [ok(orderAt.confirming), lost, ok(orderAt.done)] })
  await busy.arrive({ id: 'order_1' })
  expect(busy.phase.value).toBe('done')
  expect(busy.problem.value).toBeUndefined()
  const long = page({ get: [ok(orderAt.confirming)] })
  await long.arrive({ id: 'order_1' })
  expect(long.slow.value).toBe(true)
  expect(long.parts.get.mock.calls.length).toBeLessThanOrEqual(21)
})

test('whoever left the page is not asked for any more', async () => {
  const { arrive, leave, parts } = page({ get: [ok(orderAt.refunding)] })
  parts.wait.mockImplementationOnce(async () => leave())
  await arrive({ id: 'order_1' })
  expect(parts.get).toHaveBeenCalledOnce()
})

test('giving up and cancelling ask first, and show afterwards what the gateway says', async () => {
  const first = page({ get: [ok(order), ok(orderAt.closed)] })
  await first.arrive({ id: 'order_1' })
  first.ask('give-up')
  expect(first.parts.giveUp).not.toHaveBeenCalled()
  await first.giveUp()
  expect(first.asking.value).toBeUndefined()
  expect(first.phase.value).toBe('over')
  const second = page({ get: [ok(orderAt.done), ok(orderAt.done)] })
  second.parts.cancel.mockResolvedValueOnce(refused('cancel-refused'))
  await second.arrive({ id: 'order_1' })
  second.ask('cancel')
  await second.cancel()
  expect(second.refusal.value?.code).toBe('cancel-refused')
  expect(second.phase.value).toBe('done')
})

test('nobody’s order is said to be gone; a gateway that is out of reach can be tried again', async () => {
  const nobodys = page({ get: [refused('order-not-yours')] })
  await nobodys.arrive({ id: 'order_9' })
  expect(nobodys.gone.value).toBe(true)
  const without = page()
  await without.arrive({})
  expect(without.gone.value).toBe(true)
  const down = page({ get: [lost, ok(orderAt.done)] })
  await down.arrive({ id: 'order_1' })
  expect(down.problem.value?.code).toBe('TIMEOUT')
  await down.load()
  expect(down.problem.value).toBeUndefined()
})

test('the time to pay counts down; over, the gateway is asked', async () => {
  let nowMs = VISITS_NOW_MS
  const { arrive, time, lapse, phase } = page({ nowMs: () => nowMs, get: [ok(order), ok(orderAt.closed)] })
  await arrive({ id: 'order_1' })
  expect([time.before.value, time.left.value]).toEqual(['请在 14:13 前付款', '还剩 13 分 00 秒'])
  nowMs += 13 * 60_000
  time.tick()
  expect(time.isOver.value).toBe(true)
  await lapse()
  expect(phase.value).toBe('over')
})

test('a phone with a wrong clock is told the hour and counts nothing', async () => {
  const { arrive, time } = page({ nowMs: () => VISITS_NOW_MS + 86_400_000 })
  await arrive({ id: 'order_1' })
  expect([time.before.value, time.left.value, time.isOver.value]).toEqual(['请在 14:13 前付款', '', false])
})

test('an order stands open until its end; a refund in a person’s hands is not waited for, but shown', () => {
  const open = Object.values(orderAt).filter(isOpen)
  expect(open.map(({ state }) => state)).toEqual(['to-pay', 'confirming', 'refunding', 'cancelling'])
  expect(phaseOf({ ...order, expiresAt: null }), 'the slot is still being asked for').toBe('working')
  const stuck = {
    ...orderAt.refunding,
    refund: { amountFen: 1, state: 'needs-person', account: null },
  } as const
  expect([phaseOf(stuck), isOpen(stuck)]).toEqual(['over', true])
})
