import { computed, ref, shallowRef } from 'vue'
import type { Payment, VisitOrder } from '../../api/visit-types.ts'
import { askWhetherPaid, cancelOrder, getOrder, giveUpOrder, payOrder } from '../../api/visits.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import { ownAddress } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { openPayment, type PayEnd } from '../../platform/pay.ts'
import { routes } from '../../platform/routes.ts'
import { ensureMe } from '../../session/me.ts'
import { takeHandedOrder } from '../shared/handed-order.ts'
import { isFee, phaseOf } from './order-phase.ts'
import { forgetPaying, isPaying, rememberPaying } from './paying.ts'
import { usePayTime } from './use-pay-time.ts'

const EVERY_MS = 2000
const MOST_POLLS = 20
// Long enough for a slow phone to leave; a page that is still there then works again.
const LEAVING_MS = 10_000
// WeChat's own server may learn of a payment a moment later than the phone.
const LATE_MS = 3000
const GONE = ['order-not-yours', 'not-found', 'bad-input']

export type OrderParts = {
  readonly get: typeof getOrder
  readonly payment: typeof payOrder
  readonly paid: typeof askWhetherPaid
  readonly giveUp: typeof giveUpOrder
  readonly cancel: typeof cancelOrder
  readonly openPayment: (payment: Payment, id: string) => Promise<PayEnd>
  readonly takeHanded: (id: string) => VisitOrder | undefined
  readonly cleanAddress: (keep: PageQuery) => void
  readonly wait: (ms: number) => Promise<void>
  readonly nowMs: () => number
}
const live: OrderParts = {
  get: getOrder,
  payment: payOrder,
  paid: askWhetherPaid,
  giveUp: giveUpOrder,
  cancel: cancelOrder,
  async openPayment(payment, id) {
    // Which hosts may be opened comes with who we are; after a reload nobody has asked for that yet.
    if (payment.cashierUrl !== null) await ensureMe()
    return openPayment(payment, () => ownAddress(routes.visitOrder, { id }))
  },
  takeHanded: takeHandedOrder,
  cleanAddress,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  nowMs: Date.now,
}

/** One order from paying to its end. Nothing that a phone says about money is believed: the gateway asks WeChat. */
export function useOrder(parts: OrderParts = live) {
  const order = shallowRef<VisitOrder>()
  /** The page cannot be shown at all. */
  const problem = shallowRef<ApiError>()
  const gone = ref(false)
  /** The last press had no success. */
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  /** WeChat's payment was closed and the gateway says that nothing was paid. */
  const notPaid = ref(false)
  /** WeChat's payment was opened and nobody has said yet what became of it. */
  const unsure = ref(false)
  const asking = ref<'cancel' | 'give-up'>()
  /** It takes longer than anybody wants to look at a page. */
  const slow = ref(false)
  const time = usePayTime(order, parts.nowMs)
  let id = ''
  let left = false
  let polling = false

  async function arrive(query: PageQuery): Promise<void> {
    id = query['id'] ?? ''
    // What the cashier said on the way back is taken out of the address and believed by nobody.
    parts.cleanAddress({ id })
    const handed = parts.takeHanded(id)
    if (!handed) return load()
    take(handed)
    if (phaseOf(handed) === 'to-pay') await pay()
    else await watchWork()
  }

  async function load(): Promise<void> {
    problem.value = undefined
    if (id === '') {
      gone.value = true
      return
    }
    const result = await askNow()
    if (result.ok) return watchWork()
    if (GONE.includes(result.error.code)) gone.value = true
    else if (!order.value) problem.value = result.error
    else refusal.value = result.error
  }

  /** How it stands: after WeChat's payment was opened that is the question whether it was paid. */
  async function askNow(): Promise<ApiResult<VisitOrder>> {
    const opened = isPaying(id)
    const result = opened ? await parts.paid(id) : await parts.get(id)
    if (result.ok) {
      notPaid.value = opened && result.data.state === 'to-pay'
      forgetPaying(id)
      take(result.data)
    }
    unsure.value = isPaying(id)
    return result
  }

  function take(now: VisitOrder): void {
    order.value = now
    if (phaseOf(now) !== 'to-pay') notPaid.value = false
  }

  /** Looks again and again while the hospital is at work, for a while. */
  async function watchWork(): Promise<void> {
    if (polling) return
    polling = true
    slow.value = false
    for (let polls = 0; polls < MOST_POLLS && isWorking() && !left; polls++) {
      await parts.wait(EVERY_MS)
      // One that got lost is no reason for an error while the work goes on.
      if (!left) await quietly()
    }
    polling = false
    slow.value = isWorking()
  }

  const isWorking = () => order.value !== undefined && phaseOf(order.value) === 'working'

  async function quietly(): Promise<void> {
    const result = await parts.get(id)
    if (result.ok) take(result.data)
  }

  async function press(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = undefined
    notPaid.value = false
    await work()
    busy.value = false
    await watchWork()
  }

  async function pay(): Promise<void> {
    await press(payNow)
    if (notPaid.value) await lookLater()
  }

  async function payNow(): Promise<void> {
    const result = await parts.payment(id)
    if (!result.ok) {
      await quietly()
      refusal.value = result.error
      return
    }
    // Nothing to pay any more: only the gateway knows how it stands.
    if (!result.data.payment) return quietly()
    rememberPaying(id)
    const end = await parts.openPayment(result.data, id)
    if (end === 'leaving') await parts.wait(LEAVING_MS)
    if (end === 'unsupported') {
      forgetPaying(id)
      refusal.value = localError('CANNOT_PAY')
      return
    }
    await askPaid()
  }

  async function askPaid(): Promise<void> {
    const asked = await askNow()
    if (!asked.ok) refusal.value = asked.error
  }

  async function lookLater(): Promise<void> {
    await parts.wait(LATE_MS)
    if (left || busy.value) return
    await quietly()
    await watchWork()
  }

  /** Whatever came of it, the order is asked for: a lost answer may have been a success. */
  async function change(call: () => Promise<ApiResult<unknown>>): Promise<void> {
    const result = await call()
    asking.value = undefined
    await quietly()
    if (!result.ok) refusal.value = result.error
  }

  return {
    order,
    problem,
    gone,
    refusal,
    busy,
    notPaid,
    unsure,
    asking,
    slow,
    time,
    phase: computed(() => order.value && phaseOf(order.value)),
    isFee: computed(() => order.value !== undefined && isFee(order.value)),
    arrive,
    load,
    pay,
    askPaid: () => press(askPaid),
    giveUp: () => press(() => change(() => parts.giveUp(id))),
    cancel: () => press(() => change(() => parts.cancel(id))),
    ask(what: 'cancel' | 'give-up' | undefined): void {
      refusal.value = undefined
      asking.value = what
    },
    /** Back on the page: from WeChat, or from another page of ours. */
    async show(): Promise<void> {
      if (!order.value || busy.value) return
      if (isPaying(id)) await load()
      else if (time.isOver.value) await quietly()
    },
    /** The time to pay is over by the phone's clock: the gateway says whether that is so. */
    lapse: () => (busy.value ? undefined : quietly()),
    leave(): void {
      left = true
    },
  }
}
