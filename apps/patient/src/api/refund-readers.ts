import { faceAdvice } from './face-checks.ts'
import { count, flag, listOf, oneOf, orAbsent, orNull, type Reader, record, text } from './read.ts'
import type {
  Archives,
  Entries,
  FaceResult,
  OriginalOrders,
  Receiving,
  RefundCase,
  RefundCases,
  ShownPhase,
  StartedCheck,
} from './refund-types.ts'

const way = oneOf('original', 'face')

export const entries: Reader<Entries> = record({
  ways: listOf(record({ way, name: text, introduction: text, notes: listOf(text), closed: orNull(text) })),
  partial: flag,
  phone: text,
  mergePhone: text,
  counter: text,
  subscribeTemplateIds: listOf(text),
  miniProgramUrl: orAbsent(text),
})

export const originalOrders: Reader<OriginalOrders> = record({
  balance: record({ totalFen: count, refundableFen: count }),
  reason: orNull(text),
  orders: listOf(
    record({
      id: text,
      paidAtMs: count,
      paidFen: count,
      refundedFen: count,
      refundableFen: count,
      untilMs: count,
    }),
  ),
  otherCount: count,
})

export const startedCheck: Reader<StartedCheck> = record({
  id: text,
  verifyId: text,
  bridgePage: orNull(text),
})

export const archives: Reader<Archives> = record({
  archives: listOf(
    record({
      key: text,
      name: text,
      cardNumber: text,
      campus: orNull(text),
      totalFen: count,
      refundableFen: count,
      reason: orNull(text),
    }),
  ),
  choice: oneOf('one', 'merge', 'none', 'nothing'),
  message: text,
  openCaseId: orNull(text),
})

export const faceResult: Reader<FaceResult> = record({
  state: oneOf('passed', 'failed', 'pending'),
  advice: orNull(faceAdvice),
  archives: orNull(archives),
})

const knownPhase = oneOf(
  'processing',
  'not-enough',
  'to-receive',
  'withdrawing',
  'expired',
  'stopped',
  'paid',
  'paid-at-window',
  'returned',
  'refused',
)

// Mini programs are updated days after the gateway: a phase that only a newer one knows must not hide the whole refund.
const phase: Reader<ShownPhase> = (value) => {
  try {
    return knownPhase(value)
  } catch {
    text(value)
    return 'unknown'
  }
}

const leg = record({
  id: text,
  route: oneOf('original', 'transfer'),
  amountFen: count,
  phase,
  title: text,
  message: text,
  account: orNull(text),
  receiveByMs: orNull(count),
  paidAtMs: orNull(count),
  can: record({ receive: flag, retry: flag, withdraw: flag }),
})

export const refundCase: Reader<RefundCase> = record({
  id: text,
  way,
  wayName: text,
  createdAtMs: count,
  patientName: text,
  cardNumber: text,
  amountFen: count,
  paidFen: count,
  legs: listOf(leg),
  open: flag,
  phone: text,
})

export const refundCases: Reader<RefundCases> = record({ cases: listOf(refundCase), more: flag })

export const receiving: Reader<Receiving> = record({
  mchId: text,
  appId: text,
  package: text,
  bridgePage: orNull(text),
})
