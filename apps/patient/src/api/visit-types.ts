// The gateway's 挂号 and 缴费 as this app shows them; `tests/contract/visit-api.test-d.ts` ties these to its schemas.

export type Period = 'morning' | 'afternoon' | 'evening'
export type OrderKind = 'appointment' | 'same-day' | 'outpatient-fee'

/** From its beginning to its end; what each means stands beside the gateway's schema. */
export type OrderState =
  | 'to-pay'
  | 'confirming'
  | 'done'
  | 'closed'
  | 'refunding'
  | 'refunded'
  | 'cancelling'
  | 'cancelled'

export type Department = {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly campus: string | null
  readonly location: string | null
}

export type Doctor = {
  readonly id: string
  readonly name: string
  readonly title: string | null
  readonly introduction: string | null
}

export type Slot = {
  readonly id: string
  readonly departmentId: string
  readonly departmentName: string
  /** Nobody: an ordinary slot of the department (普通号). */
  readonly doctorId: string | null
  readonly doctorName: string | null
  /** `YYYY-MM-DD` in China, like every day here. */
  readonly day: string
  readonly period: Period
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly feeFen: number
  readonly remaining: number
}

export type Slots = {
  readonly today: string
  readonly lastDay: string
  /** For at most so long a slot is kept; the order itself says until when. */
  readonly payMinutes: number
  readonly slots: readonly Slot[]
}

export type FeeItem = {
  readonly name: string
  readonly specification: string | null
  readonly quantity: string
  readonly amountFen: number
}

export type OrderVisit = {
  readonly departmentName: string
  readonly doctorName: string | null
  readonly day: string
  readonly period: Period
  readonly startsAt: string | null
  readonly queueNumber: string | null
  readonly location: string | null
}

export type OrderFee = {
  readonly departmentName: string
  readonly items: readonly FeeItem[]
  readonly receiptNumber: string | null
  readonly guidance: string | null
}

export type RefundView = {
  readonly amountFen: number
  readonly state: 'under-way' | 'done' | 'needs-person'
  readonly account: string | null
}

export type VisitOrder = {
  readonly id: string
  readonly kind: OrderKind
  readonly state: OrderState
  readonly patientName: string
  readonly title: string
  readonly feeFen: number
  readonly createdAt: string
  readonly expiresAt: string | null
  /** What is and what to do next, in the gateway's words. */
  readonly message: string
  readonly visit: OrderVisit | null
  readonly fee: OrderFee | null
  readonly refund: RefundView | null
  readonly cancellable: boolean
}

export type RegistrationState = 'booked' | 'visited' | 'cancelled' | 'missed'

/** 挂号记录, also those made at the window: without an order of this app. */
export type Registration = OrderVisit & {
  readonly kind: 'appointment' | 'same-day'
  readonly feeFen: number
  readonly state: RegistrationState
  readonly orderId: string | null
}

export type PendingBill = {
  readonly id: string
  readonly title: string
  readonly departmentName: string
  readonly doctorName: string | null
  readonly amountFen: number
  readonly createdAt: string
  readonly items: readonly FeeItem[]
  /** An unfinished payment of this user holds the bill: it is opened first. */
  readonly orderId: string | null
}

export type PaidFee = {
  readonly title: string
  readonly departmentName: string
  readonly amountFen: number
  readonly paidAt: string
  readonly receiptNumber: string | null
  readonly guidance: string | null
  readonly items: readonly FeeItem[]
}

/** What WeChat's payment dialogue is given. */
export type PayParameters = {
  readonly appId: string
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly signType: 'RSA'
  readonly paySign: string
}

export type Payment = {
  /** Nothing to pay: it is being worked on already. */
  readonly payment: PayParameters | null
  /** Development only: a page in place of WeChat's dialogue. */
  readonly cashierUrl: string | null
}
