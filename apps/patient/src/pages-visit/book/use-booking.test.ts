import { expect, test, vi } from 'vitest'
import type { Slots, VisitOrder } from '../../api/visit-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { lost, me, ok, patient, refused } from '../../test-support/views.ts'
import { departments, doctors, order, slot, slots } from '../../test-support/visit-views.ts'
import type { VisitorParts } from '../../visitor/use-visitor.ts'
import { type BookConfirmParts, useBookConfirm } from './use-book-confirm.ts'
import { useDepartments } from './use-departments.ts'
import { useSlots } from './use-slots.ts'

const visitor: VisitorParts = {
  loadMe: async () => ok({ ...me, patients: [patient] }),
  openConsent: async () => true,
  begin: async () => true,
  cleanAddress: () => undefined,
}
const choice = { patientId: 'patient_1', slotId: 'S.1', departmentId: 'D0101', day: '2026-11-30' }

test('departments: a heading opens, words find, one leads to its slots', async () => {
  const openSlots = vi.fn(async () => true)
  const list = async () => ok({ departments: [...departments] })
  const page = useDepartments({ list, openSlots, visitor })
  await page.visitor.arrive({})
  page.toggle('D01')
  expect(page.groups.value.map(({ expanded }) => expanded)).toEqual([true, false])
  page.words.value = '儿'
  expect(page.found.value.map(({ name }) => name)).toEqual(['儿科'])
  await page.choose('D04')
  expect(openSlots).toHaveBeenCalledWith('D04', 'patient_1')
})

function slotsPage(answers: readonly ApiResult<Slots>[]) {
  const list = vi.fn<() => Promise<ApiResult<Slots>>>(async () => answers.at(-1) ?? lost)
  for (const answer of answers) list.mockResolvedValueOnce(answer)
  const openConfirm = vi.fn(async () => true)
  const parts = {
    slots: list,
    doctors: async () => ok({ doctors: [...doctors] }),
    departments: async () => ok({ departments: [...departments] }),
    ...{ openConfirm, toDepartments: vi.fn(), visitor },
  }
  return { list, openConfirm, parts, ...useSlots(parts) }
}

test('slots: the first day with something left is open; a full one leads nowhere', async () => {
  const page = slotsPage([ok(slots)])
  await page.arrive({ departmentId: 'D0101' })
  expect(page.day.value).toBe('2026-11-30')
  expect(page.where.value).toBe('解放路院区 · 门诊楼 3 层')
  await page.choose('S.2')
  expect(page.openConfirm).not.toHaveBeenCalled()
  await page.choose('S.1')
  expect(page.openConfirm).toHaveBeenCalledWith(choice)
})

test('slots: titles that do not come hide no slot; back on the page what is left is asked anew', async () => {
  const gone = ok({ ...slots, slots: slots.slots.map((one) => ({ ...one, remaining: 0 })) })
  const page = slotsPage([ok(slots), gone])
  const without = useSlots({ ...page.parts, doctors: async () => lost, departments: async () => lost })
  await without.arrive({ departmentId: 'D0101' })
  expect(without.periods.value).toHaveLength(2)
  await without.show()
  expect(without.nothingAtAll.value).toBe(true)
  expect(without.allFull.value).toBe(true)
})

test('slots: an address without a department leads to the departments', async () => {
  const page = slotsPage([ok(slots)])
  await page.arrive({})
  expect(page.parts.toDepartments).toHaveBeenCalledOnce()
})

function confirmPage(changes: Partial<BookConfirmParts> = {}) {
  const parts = {
    slots: vi.fn(async () => ok(slots)),
    doctors: async () => ok({ doctors: [...doctors] }),
    register: vi.fn(changes.register ?? (async (): Promise<ApiResult<VisitOrder>> => ok(order))),
    openOrder: vi.fn(async () => true),
    toRegistrations: vi.fn(async () => true),
    chooseAgain: vi.fn(),
    visitor,
    ...(changes.slots && { slots: changes.slots }),
  }
  return { parts, ...useBookConfirm(parts) }
}

test('confirm: who, where, when and how much, as the gateway has it now; then the slot is locked', async () => {
  const page = confirmPage()
  await page.arrive(choice)
  expect(page.facts.value.map(({ value }) => value)).toEqual([
    '心血管内科',
    '沈文远 医生 主任医师',
    '2026年11月30日 星期一',
    '上午 08:00–09:00',
  ])
  expect(page.warning.value).toContain('15 分钟')
  await page.submit()
  expect(page.parts.register).toHaveBeenCalledWith(choice)
  expect(page.parts.openOrder).toHaveBeenCalledWith(order)
})

test('confirm: a slot that is gone is said before and after the press, and another one can be chosen', async () => {
  const before = confirmPage()
  await before.arrive({ ...choice, slotId: 'S.2' })
  expect(before.taken.value).toBe(true)
  const after = confirmPage({ register: async () => refused('slot-taken') })
  await after.arrive(choice)
  await after.submit()
  expect(after.taken.value).toBe(true)
  after.chooseAgain()
  expect(after.parts.chooseAgain).toHaveBeenCalledWith({ departmentId: 'D0101', patientId: 'patient_1' })
})

test('confirm: a lost answer says that pressing again is safe; an unfinished order can be opened', async () => {
  const page = confirmPage({ register: async () => lost })
  await page.arrive(choice)
  await page.submit()
  expect(page.refusalText.value).toContain('不会重复挂号')
  expect(page.busy.value).toBe(false)
  const blocked = confirmPage({ register: async () => refused('too-many-unpaid') })
  await blocked.arrive(choice)
  await blocked.submit()
  expect(blocked.blocked.value).toBe(true)
  await blocked.toRegistrations()
  expect(blocked.parts.toRegistrations).toHaveBeenCalledWith('patient_1')
})

test('confirm: what costs nothing says so', async () => {
  const page = confirmPage({ slots: async () => ok({ ...slots, slots: [{ ...slot, feeFen: 0 }] }) })
  await page.arrive(choice)
  expect(page.submitText.value).toBe('确认挂号')
  expect(page.warning.value).toContain('不用付款')
})
