import { expect, test } from 'vitest'
import * as views from '../test-support/visit-views.ts'
import * as read from './visit-readers.ts'

test('reads what the gateway answers as it is', () => {
  expect(read.departmentList({ departments: views.departments }).departments).toEqual(views.departments)
  expect(read.doctorList({ doctors: views.doctors }).doctors).toEqual(views.doctors)
  expect(read.slotList(views.slots)).toEqual(views.slots)
  for (const order of [...Object.values(views.orderAt), views.feeOrder])
    expect(read.visitOrder(order)).toEqual(order)
  expect(read.registrationList({ registrations: views.registrations }).registrations).toEqual(
    views.registrations,
  )
  expect(read.pendingFees({ bills: views.bills }).bills).toEqual(views.bills)
  expect(read.paidFees({ payments: views.payments }).payments).toEqual(views.payments)
  expect(read.payment(views.payment)).toEqual(views.payment)
})

test('an amount that is no whole fen, or a state that nobody knows, is refused and not shown', () => {
  expect(() => read.visitOrder({ ...views.order, feeFen: 40.5 })).toThrow()
  expect(() => read.visitOrder({ ...views.order, state: 'perhaps' })).toThrow()
  expect(() =>
    read.payment({ ...views.payment, payment: { ...views.payment.payment, signType: 'MD5' } }),
  ).toThrow()
})
