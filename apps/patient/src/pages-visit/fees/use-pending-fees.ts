import { addFen, fen } from '@zhangyi/core'
import { computed, ref, shallowRef } from 'vue'
import type { PendingBill, VisitOrder } from '../../api/visit-types.ts'
import { listOrders, listPendingFees, orderFees } from '../../api/visits.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { visitTexts as texts } from '../../texts/visits.ts'
import { momentWords } from '../../visitor/day-words.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { yuan } from '../../visitor/yuan.ts'
import { isFee, isOpen } from '../order/order-phase.ts'
import { handOrder } from '../shared/handed-order.ts'
import { orderRow } from '../shared/order-row.ts'
import { doctorWords, itemRows } from '../shared/visit-words.ts'

export type PendingFeesParts = {
  readonly bills: typeof listPendingFees
  readonly orders: typeof listOrders
  readonly order: typeof orderFees
  readonly openNew: (order: VisitOrder) => Promise<boolean>
  readonly openOrder: (id: string) => Promise<boolean>
  readonly openPaid: (patientId: string) => Promise<boolean>
  readonly visitor?: VisitorParts
}
const live: PendingFeesParts = {
  bills: listPendingFees,
  orders: listOrders,
  order: orderFees,
  async openNew(order) {
    handOrder(order)
    return openPage(routes.visitOrder, { id: order.id })
  },
  openOrder: (id) => openPage(routes.visitOrder, { id }),
  openPaid: (patientId) => openPage(routes.paidFees, { patientId }),
}

export function usePendingFees(parts: PendingFeesParts = live) {
  const bills = shallowRef<readonly PendingBill[]>()
  const orders = shallowRef<readonly VisitOrder[]>([])
  const left = ref<readonly string[]>([])
  const opened = ref<readonly string[]>([])
  const refusal = shallowRef<ApiError>()
  const pickFirst = ref(false)
  const busy = ref(false)
  const visitor = useVisitor(load, parts.visitor)

  async function load(patientId: string): Promise<ApiError | undefined> {
    bills.value = undefined
    left.value = []
    opened.value = []
    refusal.value = undefined
    return ask(patientId)
  }

  async function ask(patientId: string): Promise<ApiError | undefined> {
    const [found, own] = await Promise.all([parts.bills(patientId), parts.orders(patientId)])
    // An answer for a patient who is not shown any more.
    if (visitor.patient.value?.id !== patientId) return undefined
    if (!found.ok) return found.error
    if (!own.ok) return own.error
    bills.value = found.data.bills
    orders.value = own.data.orders.filter((order) => isFee(order) && isOpen(order))
    return undefined
  }

  async function refresh(): Promise<void> {
    const patientId = visitor.patient.value?.id
    // What is shown stays if nobody answers.
    if (patientId !== undefined) await ask(patientId)
  }

  // Whatever nobody left out is paid: most people pay everything.
  const payable = computed(() => (bills.value ?? []).filter(({ orderId }) => orderId === null))
  const picked = computed(() => payable.value.filter(({ id }) => !left.value.includes(id)))

  async function submit(): Promise<void> {
    const patientId = visitor.patient.value?.id
    if (busy.value || patientId === undefined) return
    refusal.value = undefined
    pickFirst.value = picked.value.length === 0
    if (pickFirst.value) return
    busy.value = true
    const result = await parts.order({ patientId, billIds: picked.value.map(({ id }) => id) })
    if (result.ok) {
      if (!(await parts.openNew(result.data))) refusal.value = localError('CANNOT_OPEN')
    } else if (result.error.code === 'consent-required') await visitor.run()
    else {
      // Bills may have changed, or be held by an order of somebody in the family.
      if (result.error.happened === 'no') await refresh()
      refusal.value = result.error
    }
    busy.value = false
  }

  return {
    visitor,
    bills,
    refusal,
    refusalText: computed(() => {
      if (!refusal.value) return ''
      return refusal.value.happened === 'unknown' && refusal.value.code !== 'CANNOT_OPEN'
        ? texts.perhapsOrdered
        : refusal.value.message
    }),
    pickFirst,
    busy,
    open: computed(() => orders.value.map(orderRow)),
    isEmpty: computed(() => bills.value?.length === 0),
    rows: computed(() =>
      (bills.value ?? []).map((bill) => ({
        ...rowOf(bill),
        picked: picked.value.includes(bill),
        expanded: opened.value.includes(bill.id),
      })),
    ),
    mayPay: computed(() => payable.value.length > 0),
    count: computed(() => picked.value.length),
    total: computed(() => yuan(addFen(...picked.value.map(({ amountFen }) => fen(amountFen))))),
    toggle(id: string): void {
      pickFirst.value = false
      left.value = left.value.includes(id) ? left.value.filter((one) => one !== id) : [...left.value, id]
    },
    fold(id: string): void {
      opened.value = opened.value.includes(id)
        ? opened.value.filter((one) => one !== id)
        : [...opened.value, id]
    },
    submit,
    async show(): Promise<void> {
      await visitor.show()
      if (bills.value) await refresh()
    },
    openOrder: (id: string) => visitor.open(() => parts.openOrder(id)),
    openPaid: () => visitor.open(() => parts.openPaid(visitor.patient.value?.id ?? '')),
  }
}

export type BillRow = ReturnType<typeof rowOf> & { readonly picked: boolean; readonly expanded: boolean }

function rowOf({ id, title, departmentName, doctorName, amountFen, createdAt, items, orderId }: PendingBill) {
  const doctor = doctorName === null ? '' : doctorWords(doctorName)
  return {
    id,
    title,
    orderId,
    amount: yuan(amountFen),
    lines: [[departmentName, doctor].filter(Boolean).join(' · '), momentWords(createdAt)],
    label: texts.pickBill(title, yuan(amountFen)),
    items: itemRows(items),
  }
}
