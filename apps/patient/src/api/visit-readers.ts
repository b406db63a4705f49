import { count, flag, listOf, oneOf, orNull, type Reader, record, text } from './read.ts'
import type {
  Department,
  Doctor,
  FeeItem,
  OrderVisit,
  PaidFee,
  Payment,
  PendingBill,
  Registration,
  Slots,
  VisitOrder,
} from './visit-types.ts'

const period = oneOf('morning', 'afternoon', 'evening')

export const departmentList: Reader<{ departments: Department[] }> = record({
  departments: listOf(
    record({ id: text, name: text, parentId: orNull(text), campus: orNull(text), location: orNull(text) }),
  ),
})

export const doctorList: Reader<{ doctors: Doctor[] }> = record({
  doctors: listOf(record({ id: text, name: text, title: orNull(text), introduction: orNull(text) })),
})

export const slotList: Reader<Slots> = record({
  today: text,
  lastDay: text,
  payMinutes: count,
  slots: listOf(
    record({
      id: text,
      departmentId: text,
      departmentName: text,
      doctorId: orNull(text),
      doctorName: orNull(text),
      day: text,
      period,
      startsAt: orNull(text),
      endsAt: orNull(text),
      feeFen: count,
      remaining: count,
    }),
  ),
})

const item: Reader<FeeItem> = record({
  name: text,
  specification: orNull(text),
  quantity: text,
  amountFen: count,
})

const place = {
  departmentName: text,
  doctorName: orNull(text),
  day: text,
  period,
  startsAt: orNull(text),
  queueNumber: orNull(text),
  location: orNull(text),
}
const visit: Reader<OrderVisit> = record(place)

export const visitOrder: Reader<VisitOrder> = record({
  id: text,
  kind: oneOf('appointment', 'same-day', 'outpatient-fee'),
  state: oneOf('to-pay', 'confirming', 'done', 'closed', 'refunding', 'refunded', 'cancelling', 'cancelled'),
  patientName: text,
  title: text,
  feeFen: count,
  createdAt: text,
  expiresAt: orNull(text),
  message: text,
  visit: orNull(visit),
  fee: orNull(
    record({
      departmentName: text,
      items: listOf(item),
      receiptNumber: orNull(text),
      guidance: orNull(text),
    }),
  ),
  refund: orNull(
    record({
      amountFen: count,
      state: oneOf('under-way', 'done', 'needs-person'),
      account: orNull(text),
    }),
  ),
  cancellable: flag,
})

export const visitOrderList: Reader<{ orders: VisitOrder[] }> = record({ orders: listOf(visitOrder) })

export const registrationList: Reader<{ registrations: Registration[] }> = record({
  registrations: listOf(
    record({
      ...place,
      kind: oneOf('appointment', 'same-day'),
      feeFen: count,
      state: oneOf('booked', 'visited', 'cancelled', 'missed'),
      orderId: orNull(text),
    }),
  ),
})

export const pendingFees: Reader<{ bills: PendingBill[] }> = record({
  bills: listOf(
    record({
      id: text,
      title: text,
      departmentName: text,
      doctorName: orNull(text),
      amountFen: count,
      createdAt: text,
      items: listOf(item),
      orderId: orNull(text),
    }),
  ),
})

export const paidFees: Reader<{ payments: PaidFee[] }> = record({
  payments: listOf(
    record({
      title: text,
      departmentName: text,
      amountFen: count,
      paidAt: text,
      receiptNumber: orNull(text),
      guidance: orNull(text),
      items: listOf(item),
    }),
  ),
})

export const payment: Reader<Payment> = record({
  payment: orNull(
    record({
      appId: text,
      timeStamp: text,
      nonceStr: text,
      package: text,
      signType: oneOf('RSA'),
      paySign: text,
    }),
  ),
  cashierUrl: orNull(text),
})
