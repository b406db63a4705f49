import { addFen, fen } from '@zhangyi/core'
import { computed, ref, shallowRef } from 'vue'
import type { OriginalOrders, RefundCase } from '../../api/refund-types.ts'
import { getEntries, listOriginalOrders, refundOriginal } from '../../api/refunds.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import { askSubscription } from '../../platform/ask-subscription.ts'
import { openPage, redirectPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { refundTexts as texts } from '../../texts/refunds.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { yuan } from '../../visitor/yuan.ts'
import { plainYuan } from '../shared/amount.ts'
import { handCase } from '../shared/handed.ts'
import { refusalWords } from '../shared/refusal-words.ts'
import { requestKeys } from '../shared/request-key.ts'
import { firstChoice, MOST_ORDERS, orderRow } from './order-choice.ts'

export type OriginalParts = {
  readonly orders: typeof listOriginalOrders
  readonly entries: typeof getEntries
  readonly refund: typeof refundOriginal
  readonly askSubscription: typeof askSubscription
  readonly openCase: (made: RefundCase) => Promise<boolean>
  readonly toFace: () => Promise<boolean>
  readonly visitor?: VisitorParts
}
const live: OriginalParts = {
  orders: listOriginalOrders,
  entries: getEntries,
  refund: refundOriginal,
  askSubscription,
  async openCase(made) {
    handCase(made)
    // This page is spent: "back" from the refund leads to the ways.
    return redirectPage(routes.refundCase, { id: made.id })
  },
  toFace: () => openPage(routes.refundFace),
}

/** 预交金退费: which recharges, and how much of each, go back to where they were paid from. */
export function useOriginal(parts: OriginalParts = live) {
  const found = shallowRef<OriginalOrders>()
  /** What is typed, in yuan, of the orders that are picked. */
  const amounts = ref<Readonly<Record<string, string>>>({})
  const templateIds = ref<readonly string[]>([])
  const refusal = shallowRef<ApiError>()
  const pickFirst = ref(false)
  /** Wrong amounts are said at once when the button was pressed, and from then on while they are mended. */
  const checked = ref(false)
  const busy = ref(false)
  const keys = requestKeys('original')
  const visitor = useVisitor(load, parts.visitor)

  async function load(patientId: string): Promise<ApiError | undefined> {
    found.value = undefined
    refusal.value = undefined
    checked.value = false
    const error = await ask(patientId)
    if (found.value) amounts.value = firstChoice(found.value)
    return error
  }

  async function ask(patientId: string): Promise<ApiError | undefined> {
    const [orders, entries] = await Promise.all([parts.orders(patientId), parts.entries()])
    // An answer for a patient who is not shown any more.
    if (visitor.patient.value?.id !== patientId) return undefined
    // Only for the news of it; the refund goes without.
    if (entries.ok) templateIds.value = entries.data.subscribeTemplateIds
    if (!orders.ok) return orders.error
    found.value = orders.data
    return undefined
  }

  const rows = computed(() =>
    (found.value?.orders ?? []).map((one) => orderRow(one, amounts.value[one.id], checked.value)),
  )
  const picked = computed(() => rows.value.filter((row) => row.picked))
  const total = computed(() => addFen(...picked.value.map(({ amountFen }) => fen(amountFen))))
  const isTooMany = computed(() => picked.value.length > MOST_ORDERS)
  const isOver = computed(() => total.value > (found.value?.balance.refundableFen ?? 0))

  async function submit(): Promise<void> {
    const patientId = visitor.patient.value?.id
    if (busy.value || patientId === undefined) return
    refusal.value = undefined
    checked.value = true
    pickFirst.value = picked.value.length === 0
    if (
      pickFirst.value ||
      isOver.value ||
      isTooMany.value ||
      picked.value.some(({ problem }) => problem !== '')
    )
      return
    busy.value = true
    await parts.askSubscription(templateIds.value)
    await apply(patientId)
    busy.value = false
  }

  async function apply(patientId: string): Promise<void> {
    const wish = { patientId, orders: picked.value.map(({ id, amountFen }) => ({ orderId: id, amountFen })) }
    const result = await parts.refund({ ...wish, requestKey: keys.keyFor(wish) })
    if (result.ok) {
      keys.done()
      if (!(await parts.openCase(result.data))) refusal.value = localError('CANNOT_OPEN')
    } else if (result.error.code === 'consent-required') await visitor.run()
    else {
      if (result.error.happened === 'no') {
        keys.done()
        // Somebody at the window may have spent or refunded some of it. What was typed stays as it is.
        await ask(patientId)
      }
      refusal.value = result.error
    }
  }

  return {
    visitor,
    found,
    refusal,
    refusalText: computed(() => refusalWords(refusal.value)),
    pickFirst,
    busy,
    rows,
    count: computed(() => picked.value.length),
    total: computed(() => yuan(total.value)),
    overText: computed(() => {
      if (isTooMany.value) return texts.overMost(MOST_ORDERS)
      return isOver.value ? texts.overBalance(yuan(found.value?.balance.refundableFen ?? 0)) : ''
    }),
    otherText: computed(() =>
      (found.value?.otherCount ?? 0) > 0 ? texts.otherCount(found.value?.otherCount ?? 0) : '',
    ),
    balance: computed(() => ({
      total: yuan(found.value?.balance.totalFen ?? 0),
      refundable: yuan(found.value?.balance.refundableFen ?? 0),
      reason: found.value?.reason ?? '',
    })),
    hasOrders: computed(() => rows.value.length > 0),
    mayRefund: computed(() => rows.value.length > 0 && (found.value?.balance.refundableFen ?? 0) > 0),
    toggle(id: string): void {
      pickFirst.value = false
      const { [id]: typed, ...others } = amounts.value
      amounts.value = typed === undefined ? { ...others, [id]: plainYuan(refundableOf(id)) } : others
    },
    put(id: string, text: string): void {
      if (amounts.value[id] !== undefined) amounts.value = { ...amounts.value, [id]: text }
    },
    submit,
    toFace: () => visitor.open(parts.toFace),
  }

  function refundableOf(id: string): number {
    return found.value?.orders.find((one) => one.id === id)?.refundableFen ?? 0
  }
}
