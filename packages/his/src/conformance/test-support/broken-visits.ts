import { fen, no, yes } from '@zhangyi/core'
import type { Appointment, BookingRequest, SlotLock, SlotLockRequest } from '../../appointments.ts'
import type { FeePosting } from '../../fees.ts'
import { HisError } from '../../port.ts'
import {
  all,
  type Break,
  type BrokenAdapter,
  change,
  ignoreInput,
  noIfUnknown,
  undefinedIfLost,
  yesInstead,
  yesTwiceAtOnce,
} from './change-method.ts'

const LATER = '2099-01-01T00:00:00Z'
const lockX = ({ slotId }: SlotLockRequest): SlotLock => ({
  lockId: 'X',
  slotId,
  fee: fen(1),
  expiresAt: LATER,
})
const appointmentX = ({ patid }: { readonly patid: string }): Appointment => ({
  appointmentId: 'X',
  patid,
  kind: 'appointment',
  departmentId: 'D1',
  departmentName: '内科',
  doctorName: undefined,
  day: '2099-01-01',
  period: 'morning',
  startsAt: undefined,
  queueNumber: undefined,
  location: undefined,
  fee: fen(1),
  paymentNumber: undefined,
  state: 'booked',
  cancellable: true,
})
const postingX = (patid: string): FeePosting => ({
  postingId: 'X',
  patid,
  billIds: [],
  title: '',
  departmentName: '',
  amount: fen(1),
  paymentNumber: 'X',
  receiptNumber: undefined,
  guidance: undefined,
  paidAt: LATER,
  items: [],
})

/** Slots that show more or fewer places than there are. */
const withPlaces = (offBy: (slotId: string) => number): Break =>
  change(
    'schedules',
    'slots',
    (slots) => async (query) =>
      (await slots(query)).map((slot) => ({ ...slot, remaining: slot.remaining + offBy(slot.slotId) })),
  )

const showsLockedPlaces: Break = (port) => {
  const locks = new Map<string, string>()
  return all(
    withPlaces((slotId) => [...locks.values()].filter((one) => one === slotId).length),
    change('appointments', 'lock', (lock) => async (request, key) => {
      const answer = await lock(request, key)
      if (answer.kind === 'yes') locks.set(answer.value.lockId, request.slotId)
      return answer
    }),
    change('appointments', 'unlock', (unlock) => (lockId, key) => {
      locks.delete(lockId)
      return unlock(lockId, key)
    }),
    change('appointments', 'book', (book) => (request, key) => {
      locks.delete(request.lockId)
      return book(request, key)
    }),
  )(port)
}

const keepsCancelledPlaces: Break = (port) => {
  const slotOfLock = new Map<string, string>()
  const slotOf = new Map<string, string>()
  const lost: string[] = []
  return all(
    withPlaces((slotId) => -lost.filter((one) => one === slotId).length),
    change('appointments', 'lock', (lock) => async (request, key) => {
      const answer = await lock(request, key)
      if (answer.kind === 'yes') slotOfLock.set(answer.value.lockId, request.slotId)
      return answer
    }),
    change('appointments', 'book', (book) => async (request, key) => {
      const answer = await book(request, key)
      if (answer.kind === 'yes') slotOf.set(answer.value.appointmentId, slotOfLock.get(request.lockId) ?? '')
      return answer
    }),
    change('appointments', 'cancel', (cancel) => (request, key) => {
      lost.push(slotOf.get(request.appointmentId) ?? '')
      return cancel(request, key)
    }),
  )(port)
}

const keepsPaidBills: Break = change('fees', 'pending', (pending) => {
  let first: Awaited<ReturnType<typeof pending>> | undefined
  return async (patid) => {
    first ??= await pending(patid)
    return first
  }
})

const SCHEDULES: readonly BrokenAdapter[] = [
  [
    'has departments below none',
    change(
      'schedules',
      'departments',
      (departments) => async () => (await departments()).map((one) => ({ ...one, parentId: 'NONE' })),
    ),
    ['schedules.departments-fit'],
  ],
  [
    'has its own words for half-days',
    change(
      'schedules',
      'slots',
      (slots) => async (query) => (await slots(query)).map((slot) => ({ ...slot, period: '上午' as never })),
    ),
    ['schedules.slots-fit'],
  ],
]

const APPOINTMENTS: readonly BrokenAdapter[] = [
  [
    'shows locked places as free',
    showsLockedPlaces,
    ['appointments.lock-then-unlock', 'appointments.lock-with-same-key', 'appointments.lock-with-lost-reply'],
  ],
  [
    'locks another place when the request key comes back',
    change('appointments', 'lock', (lock) => {
      const seen = new Set<string>()
      return (request, key) => {
        if (seen.has(key)) return lock({ ...request, patid: 'P100002' }, `${key}-again`)
        seen.add(key)
        return lock(request, key)
      }
    }),
    ['appointments.lock-with-same-key', 'appointments.lock-with-lost-reply'],
  ],
  [
    'locks the last place for everybody',
    change(
      'appointments',
      'lock',
      yesInstead(lockX, (code) => code === 'slot-taken'),
    ),
    ['appointments.lock-last-place'],
  ],
  [
    'says no when the reply to a lock is lost',
    change('appointments', 'lock', noIfUnknown),
    ['appointments.lock-with-lost-reply'],
  ],
  [
    'says no when the reply to an unlocking is lost',
    change('appointments', 'unlock', noIfUnknown),
    ['appointments.unlock-with-lost-reply'],
  ],
  [
    'books without a lock',
    change(
      'appointments',
      'book',
      yesInstead(
        (request: BookingRequest) => appointmentX(request),
        (code) => code === 'lock-expired',
      ),
    ),
    ['appointments.lock-expires', 'appointments.book-without-lock'],
  ],
  ['keeps the place of a cancelled appointment', keepsCancelledPlaces, ['appointments.book-then-cancel']],
  [
    'books again when the request key comes back',
    change('appointments', 'book', (book) => {
      const seen = new Set<string>()
      return async (request, key) => {
        if (seen.has(key)) return yes(appointmentX(request))
        seen.add(key)
        return book(request, key)
      }
    }),
    ['appointments.book-with-same-key'],
  ],
  [
    'says no when the reply to a booking is lost',
    change('appointments', 'book', noIfUnknown),
    ['appointments.book-with-lost-reply'],
  ],
  [
    'says no when the reply to a cancellation is lost',
    change('appointments', 'cancel', noIfUnknown),
    ['appointments.cancel-with-lost-reply'],
  ],
  [
    'does not find its bookings again',
    change('appointments', 'status', () => async () => undefined),
    [
      'appointments.book-then-cancel',
      'appointments.book-with-lost-reply',
      'appointments.cancel-with-lost-reply',
    ],
  ],
  [
    'says "never received" when the reply to a status of a booking is lost',
    change('appointments', 'status', undefinedIfLost),
    ['appointments.book-with-lost-reply'],
  ],
  [
    'books twice when two requests come at once',
    change(
      'appointments',
      'book',
      yesTwiceAtOnce((request: BookingRequest) => appointmentX(request)),
    ),
    ['appointments.book-with-same-key'],
  ],
  [
    'repeats the answer of a booking for another patient',
    change('appointments', 'book', ignoreInput),
    ['appointments.book-with-same-key'],
  ],
  [
    'makes up a booking that nobody asked for',
    change(
      'appointments',
      'status',
      (status) => async (key) => (await status(key)) ?? appointmentX({ patid: 'P1' }),
    ),
    ['appointments.status-of-unknown-booking'],
  ],
]

const FEES: readonly BrokenAdapter[] = [
  [
    'leaves an item out of a bill',
    change(
      'fees',
      'pending',
      (pending) => async (patid) =>
        (await pending(patid)).map((bill) => ({ ...bill, items: bill.items.slice(1) })),
    ),
    ['fees.pending-fits'],
  ],
  [
    'posts whatever was paid',
    change('fees', 'post', (post, port) => async (request, key) => {
      const bills = (await port.fees?.pending(request.patid)) ?? []
      const bill = bills.find(({ billId }) => request.billIds.includes(billId))
      const payment = { ...request.payment, amount: bill?.amount ?? request.payment.amount }
      return bill ? post({ ...request, payment }, key) : no('duplicate', 'the request came twice')
    }),
    ['fees.post-changed-amount'],
  ],
  [
    'posts again when the request key comes back',
    change('fees', 'post', (post) => {
      const seen = new Set<string>()
      return async (request, key) => {
        if (seen.has(key)) return yes(postingX(request.patid))
        seen.add(key)
        return post(request, key)
      }
    }),
    ['fees.post-once'],
  ],
  ['keeps asking for paid bills', keepsPaidBills, ['fees.post-once', 'fees.post-with-lost-reply']],
  [
    'posts to paid bills',
    change('fees', 'post', (post, port) => async (request, key) => {
      const bills = (await port.fees?.pending(request.patid)) ?? []
      const answer = await post(request, key)
      const waiting = bills.some(({ billId }) => request.billIds.includes(billId))
      return answer.kind === 'no' && !waiting ? yes(postingX(request.patid)) : answer
    }),
    ['fees.post-once', 'fees.post-paid-bill'],
  ],
  [
    'has its own word for a changed amount',
    change('fees', 'post', (post) => async (request, key) => {
      const answer = await post(request, key)
      return answer.kind === 'no' ? no('-1', '金额不符') : answer
    }),
    ['fees.post-changed-amount'],
  ],
  [
    'says no when the reply to a posting is lost',
    change('fees', 'post', noIfUnknown),
    ['fees.post-with-lost-reply'],
  ],
  [
    'says "never received" when the reply to a status of a posting is lost',
    change('fees', 'status', undefinedIfLost),
    ['fees.post-with-lost-reply'],
  ],
  [
    'posts twice when two requests come at once',
    change(
      'fees',
      'post',
      yesTwiceAtOnce(({ patid }) => postingX(patid)),
    ),
    ['fees.post-once'],
  ],
  [
    'repeats the answer of a posting for another payment',
    change('fees', 'post', ignoreInput),
    ['fees.post-once'],
  ],
  [
    'makes up a posting that nobody asked for',
    change('fees', 'status', (status) => async (key) => (await status(key)) ?? postingX('P1')),
    ['fees.status-of-unknown-posting'],
  ],
]

const REPORTS: readonly BrokenAdapter[] = [
  [
    'lists the oldest report first',
    change('reports', 'list', (list) => async (query) => (await list(query)).toReversed()),
    ['reports.list-fits'],
  ],
  [
    'shows an empty report',
    change('reports', 'detail', (detail) => async (key) => {
      const report = await detail(key)
      return { ...report, indicators: [], sections: [], lines: [] }
    }),
    ['reports.detail-agrees'],
  ],
  [
    'looks at the number of a report only',
    change('reports', 'detail', (detail) => (key) => detail({ ...key, patid: 'P100001' })),
    ['reports.foreign-patid'],
  ],
  [
    'has its own code for a report that is not there',
    change('reports', 'detail', (detail) => async (key) => {
      try {
        return await detail(key)
      } catch {
        throw new HisError('refused', 'E404', 'none')
      }
    }),
    ['reports.foreign-patid', 'reports.unknown-number'],
  ],
]

export const BROKEN_VISITS: readonly BrokenAdapter[] = [...SCHEDULES, ...APPOINTMENTS, ...FEES, ...REPORTS]
