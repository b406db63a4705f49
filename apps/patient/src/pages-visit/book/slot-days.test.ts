import { expect, test } from 'vitest'
import { doctors, slots } from '../../test-support/visit-views.ts'
import { groupSlots } from './group-slots.ts'
import { dayChoices, firstFreeDay } from './slot-days.ts'

test('the strip begins today and says in words what is left', () => {
  expect(dayChoices(slots).map(({ name, date, note }) => [name, date, note])).toEqual([
    ['今天', '11-28', '约满'],
    ['明天', '11-29', '无号'],
    ['周一', '11-30', '有号'],
    ['周二', '12-01', '无号'],
  ])
  expect(firstFreeDay(slots)).toBe('2026-11-30')
  expect(firstFreeDay({ ...slots, slots: [] })).toBe('2026-11-28')
})

test('today with something left is marked 当日挂号', () => {
  const free = slots.slots.map((one) => ({ ...one, remaining: 1 }))
  expect(dayChoices({ ...slots, slots: free })[0]).toMatchObject({ note: '当日挂号', free: true })
})

test('slots of a day stand under half day and doctor, with fee and what is left; full ones say so', () => {
  const groups = groupSlots(
    slots.slots.filter(({ day }) => day === '2026-11-30'),
    doctors,
  )
  expect(groups.map(({ title }) => title)).toEqual(['上午', '下午'])
  const [doctor, ordinary] = groups[0]?.clinics ?? []
  expect(doctor).toMatchObject({ name: '沈文远 医生', title: '主任医师', fee: '¥40.00' })
  expect(doctor?.slots.map(({ time, left, full }) => [time, left, full])).toEqual([
    ['08:00–09:00', '余 3', false],
    ['09:00–10:00', '约满', true],
  ])
  expect(doctor?.slots[1]?.label).toBe('沈文远 医生 09:00–10:00 约满')
  expect(ordinary).toMatchObject({ name: '普通号', title: '', fee: '免费' })
  expect(groups[1]?.clinics[0]?.slots[0]?.time).toBe('下午')
})
