import { computed, ref, shallowRef } from 'vue'
import type { Doctor, Slot, VisitOrder } from '../../api/visit-types.ts'
import { listDoctors, listSlots, register } from '../../api/visits.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import { backOr, openPage, redirectPage } from '../../platform/navigate.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { periodNames, visitTexts as texts } from '../../texts/visits.ts'
import { fullDay } from '../../visitor/day-words.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { handOrder } from '../shared/handed-order.ts'
import { doctorWords, timeWords } from '../shared/visit-words.ts'

export type BookConfirmParts = {
  readonly slots: typeof listSlots
  readonly doctors: typeof listDoctors
  readonly register: typeof register
  readonly openOrder: (order: VisitOrder) => Promise<boolean>
  readonly toRegistrations: (patientId: string) => Promise<boolean>
  readonly chooseAgain: (of: { readonly departmentId: string; readonly patientId: string }) => void
  readonly visitor?: VisitorParts
}
const live: BookConfirmParts = {
  slots: listSlots,
  doctors: listDoctors,
  register,
  async openOrder(order) {
    handOrder(order)
    // This page is spent: "back" from the order leads to the slots.
    return redirectPage(routes.visitOrder, { id: order.id })
  },
  toRegistrations: (patientId) => openPage(routes.registrations, { patientId }),
  chooseAgain: ({ departmentId, patientId }) =>
    departmentId === ''
      ? backOr(routes.visitDepartments)
      : backOr(routes.visitSlots, { departmentId, patientId }),
}

// An unfinished order stands in the way: it is paid or given up first.
const BLOCKING = ['order-under-way', 'too-many-unpaid']

/** What is about to be booked, as the gateway has it now: an address says only where to look. */
export function useBookConfirm(parts: BookConfirmParts = live) {
  const slot = shallowRef<Slot>()
  const doctor = shallowRef<Doctor>()
  const isToday = ref(false)
  const payMinutes = ref(0)
  const taken = ref(false)
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  const visitor = useVisitor(load, parts.visitor)
  let departmentId = ''
  let slotId = ''
  let day = ''

  async function arrive(query: PageQuery): Promise<void> {
    departmentId = query['departmentId'] ?? ''
    slotId = query['slotId'] ?? ''
    day = query['day'] ?? ''
    await visitor.arrive(query)
  }

  async function load(): Promise<ApiError | undefined> {
    if (departmentId === '' || slotId === '' || day === '') {
      taken.value = true
      return undefined
    }
    const [found, doctors] = await Promise.all([
      parts.slots({ departmentId, from: day, to: day }),
      parts.doctors(departmentId),
    ])
    if (!found.ok) return found.error
    slot.value = found.data.slots.find(({ id }) => id === slotId)
    taken.value = slot.value === undefined || slot.value.remaining <= 0
    isToday.value = found.data.today === day
    payMinutes.value = found.data.payMinutes
    if (doctors.ok) doctor.value = doctors.data.doctors.find(({ id }) => id === slot.value?.doctorId)
    return undefined
  }

  async function submit(): Promise<void> {
    const patientId = visitor.patient.value?.id
    if (busy.value || patientId === undefined || !slot.value) return
    busy.value = true
    refusal.value = undefined
    const result = await parts.register({ patientId, slotId, departmentId, day })
    if (result.ok) {
      if (!(await parts.openOrder(result.data))) refusal.value = localError('CANNOT_OPEN')
    } else if (result.error.code === 'slot-taken') taken.value = true
    else if (result.error.code === 'consent-required') await visitor.run()
    else refusal.value = result.error
    busy.value = false
  }

  return {
    visitor,
    slot,
    isToday,
    taken,
    busy,
    refusal,
    /** In words: a lost answer may have been a success, and pressing again is no second booking. */
    refusalText: computed(() => {
      if (!refusal.value) return ''
      return refusal.value.happened === 'unknown' && refusal.value.code !== 'CANNOT_OPEN'
        ? texts.perhapsBooked
        : refusal.value.message
    }),
    blocked: computed(() => BLOCKING.includes(refusal.value?.code ?? '')),
    facts: computed(() => {
      if (!slot.value) return []
      const { departmentName, doctorName, period } = slot.value
      const who = [doctorWords(doctorName), doctor.value?.title].filter(Boolean).join(' ')
      const time = timeWords(slot.value)
      return [
        { label: texts.department, value: departmentName },
        { label: texts.doctorLabel, value: who },
        { label: texts.dayLabel, value: fullDay(day) },
        {
          label: texts.timeLabel,
          value: time === periodNames[period] ? time : `${periodNames[period]} ${time}`,
        },
      ]
    }),
    introduction: computed(() => doctor.value?.introduction ?? ''),
    warning: computed(() => (slot.value?.feeFen === 0 ? texts.keptFree : texts.kept(payMinutes.value))),
    submitText: computed(() => (slot.value?.feeFen === 0 ? texts.goBook : texts.goPay)),
    arrive,
    submit,
    toRegistrations: () => visitor.open(() => parts.toRegistrations(visitor.patient.value?.id ?? '')),
    chooseAgain: () => parts.chooseAgain({ departmentId, patientId: visitor.patient.value?.id ?? '' }),
  }
}
