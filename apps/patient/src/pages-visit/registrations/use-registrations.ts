import { computed, shallowRef } from 'vue'
import type { Registration, VisitOrder } from '../../api/visit-types.ts'
import { listOrders, listRegistrations } from '../../api/visits.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { registrationStateTags, visitTexts as texts } from '../../texts/visits.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { isFee, isOpen } from '../order/order-phase.ts'
import { orderRow } from '../shared/order-row.ts'
import { doctorWords, feeWords, whenWords } from '../shared/visit-words.ts'

export type RegistrationsParts = {
  readonly registrations: typeof listRegistrations
  readonly orders: typeof listOrders
  readonly openOrder: (id: string) => Promise<boolean>
  readonly register: (patientId: string) => Promise<boolean>
  readonly visitor?: VisitorParts
}
const live: RegistrationsParts = {
  registrations: listRegistrations,
  orders: listOrders,
  openOrder: (id) => openPage(routes.visitOrder, { id }),
  register: (patientId) => openPage(routes.visitDepartments, { patientId }),
}

export function useRegistrations(parts: RegistrationsParts = live) {
  const registrations = shallowRef<readonly Registration[]>()
  const orders = shallowRef<readonly VisitOrder[]>([])
  const visitor = useVisitor(load, parts.visitor)

  async function load(patientId: string): Promise<ApiError | undefined> {
    registrations.value = undefined
    return ask(patientId)
  }

  async function ask(patientId: string): Promise<ApiError | undefined> {
    const [found, own] = await Promise.all([parts.registrations(patientId), parts.orders(patientId)])
    // An answer for a patient who is not shown any more.
    if (visitor.patient.value?.id !== patientId) return undefined
    if (!found.ok) return found.error
    if (!own.ok) return own.error
    registrations.value = found.data.registrations
    orders.value = own.data.orders.filter((order) => !isFee(order))
    return undefined
  }

  /** Back from an order: it may have been paid or cancelled. What is shown stays if nobody answers. */
  async function show(): Promise<void> {
    await visitor.show()
    const patientId = visitor.patient.value?.id
    if (registrations.value && patientId !== undefined) await ask(patientId)
  }

  const open = computed(() => orders.value.filter(isOpen))
  // The hospital has never heard of these, so its own list does not have them.
  const refunded = computed(() => orders.value.filter(({ state }) => state === 'refunded'))
  return {
    visitor,
    registrations,
    open: computed(() => open.value.map(orderRow)),
    refunded: computed(() => refunded.value.map(orderRow)),
    rows: computed(() =>
      (registrations.value ?? [])
        .filter(({ orderId }) => !open.value.some(({ id }) => id === orderId))
        .map(rowOf),
    ),
    isEmpty: computed(
      () => registrations.value?.length === 0 && orders.value.every((order) => !isShown(order)),
    ),
    show,
    openOrder: (id: string) => visitor.open(() => parts.openOrder(id)),
    register: () => visitor.open(() => parts.register(visitor.patient.value?.id ?? '')),
  }
}

const isShown = (order: VisitOrder) => isOpen(order) || order.state === 'refunded'

function rowOf(registration: Registration, index: number) {
  const { departmentName, doctorName, queueNumber, location, feeFen, state, orderId } = registration
  const queue = queueNumber === null ? '' : `${texts.queueNumber} ${texts.queue(queueNumber)}`
  return {
    key: orderId ?? `elsewhere-${index}`,
    orderId,
    title: [departmentName, doctorWords(doctorName)].join(' '),
    lines: [
      whenWords(registration),
      [state === 'booked' ? queue : '', location].filter(Boolean).join(' · '),
      feeWords(feeFen),
    ].filter((line) => line !== ''),
    tag: registrationStateTags[state],
    hint: orderId === null && state === 'booked' ? texts.elsewhere : '',
  }
}
