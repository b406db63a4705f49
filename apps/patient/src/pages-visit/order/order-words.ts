import type { VisitOrder } from '../../api/visit-types.ts'
import { orderKindNames, visitTexts as texts } from '../../texts/visits.ts'
import { momentWords } from '../../visitor/day-words.ts'
import { yuan } from '../../visitor/yuan.ts'
import { doctorWords, feeWords, whenWords } from '../shared/visit-words.ts'

type Fact = { readonly label: string; readonly value: string }

const facts = (...pairs: readonly (readonly [string, string | null])[]): readonly Fact[] =>
  pairs.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]))

/** What the order is about. */
export function orderFacts({
  patientName,
  kind,
  visit,
  fee,
  feeFen,
  createdAt,
}: VisitOrder): readonly Fact[] {
  return facts(
    [texts.patient, patientName],
    [texts.kind, orderKindNames[kind]],
    [texts.department, visit?.departmentName ?? fee?.departmentName ?? null],
    [texts.doctorLabel, visit && doctorWords(visit.doctorName)],
    [texts.timeLabel, visit && whenWords(visit)],
    [texts.place, visit?.location ?? null],
    [visit ? texts.amount.visit : texts.amount.fee, feeWords(feeFen)],
    [texts.receipt, fee?.receiptNumber ?? null],
    [texts.paidAs, momentWords(createdAt)],
  )
}

export function refundFacts({ refund }: VisitOrder): readonly Fact[] {
  if (!refund) return []
  return facts(
    [texts.refundAmount, yuan(refund.amountFen)],
    [texts.refundTo, refund.account ?? texts.refundToUnknown],
  )
}
