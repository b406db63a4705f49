import { computed, ref, shallowRef } from 'vue'
import type { Department, Doctor, Slots } from '../../api/visit-types.ts'
import { listDepartments, listDoctors, listSlots, type NewRegistration } from '../../api/visits.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { backOr, openPage } from '../../platform/navigate.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { groupSlots } from './group-slots.ts'
import { dayChoices, firstFreeDay } from './slot-days.ts'

export type SlotsParts = {
  readonly departments: typeof listDepartments
  readonly doctors: typeof listDoctors
  readonly slots: typeof listSlots
  readonly openConfirm: (choice: NewRegistration) => Promise<boolean>
  readonly toDepartments: () => void
  readonly visitor?: VisitorParts
}
const live: SlotsParts = {
  departments: listDepartments,
  doctors: listDoctors,
  slots: listSlots,
  openConfirm: (choice) => openPage(routes.visitConfirm, choice),
  toDepartments: () => backOr(routes.visitDepartments),
}

export function useSlots(parts: SlotsParts = live) {
  const slots = shallowRef<Slots>()
  const department = shallowRef<Department>()
  const doctors = shallowRef<readonly Doctor[]>([])
  const day = ref('')
  const visitor = useVisitor(load, parts.visitor)
  let departmentId = ''

  async function arrive(query: PageQuery): Promise<void> {
    departmentId = query['departmentId'] ?? ''
    day.value = query['day'] ?? ''
    if (departmentId === '') parts.toDepartments()
    else await visitor.arrive(query)
  }

  async function load(): Promise<ApiError | undefined> {
    const [found, people, places] = await Promise.all([
      parts.slots({ departmentId }),
      parts.doctors(departmentId),
      parts.departments(),
    ])
    if (!found.ok) return found.error
    slots.value = found.data
    // Titles and the campus help to choose; without them the slots can be booked all the same.
    if (people.ok) doctors.value = people.data.doctors
    if (places.ok) department.value = places.data.departments.find(({ id }) => id === departmentId)
    if (!days.value.some((one) => one.day === day.value)) day.value = firstFreeDay(found.data)
    return undefined
  }

  /** Back from the next page: somebody may have taken a slot meanwhile. What is shown stays if nobody answers. */
  async function show(): Promise<void> {
    await visitor.show()
    if (!slots.value || visitor.gate.value !== 'open') return
    const fresh = await parts.slots({ departmentId })
    if (fresh.ok) slots.value = fresh.data
  }

  const days = computed(() => (slots.value ? dayChoices(slots.value) : []))
  const ofDay = computed(() => (slots.value?.slots ?? []).filter((slot) => slot.day === day.value))
  return {
    visitor,
    slots,
    day,
    days,
    departmentName: computed(() => department.value?.name ?? slots.value?.slots[0]?.departmentName ?? ''),
    where: computed(() => [department.value?.campus, department.value?.location].filter(Boolean).join(' · ')),
    periods: computed(() => groupSlots(ofDay.value, doctors.value)),
    allFull: computed(() => ofDay.value.length > 0 && ofDay.value.every(({ remaining }) => remaining <= 0)),
    nothingAtAll: computed(() => slots.value !== undefined && days.value.every(({ free }) => !free)),
    arrive,
    show,
    toDepartments: () => parts.toDepartments(),
    choose: (slotId: string) =>
      visitor.open(async () => {
        const slot = ofDay.value.find(({ id }) => id === slotId)
        if (!slot || slot.remaining <= 0) return false
        const patientId = visitor.patient.value?.id ?? ''
        return parts.openConfirm({ patientId, slotId, departmentId, day: slot.day })
      }),
  }
}
