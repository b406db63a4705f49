import type { HisOperation } from '../../operations.ts'

/** Fields that must say in the answer what they said in the question. */
const ECHOED = ['patid', 'amount', 'holdId', 'deductionId', 'slotId', 'appointmentId', 'reportId']

/** Fields of an answer that must say what the payment in the question said. */
const ECHOED_OF_PAYMENT = ['amount', 'paymentNumber']

/** The state in which a change that ends something must leave it; "done, still held" says nothing. */
export const FINAL_STATES: Partial<Record<HisOperation, string>> = {
  'deposits.confirm': 'confirmed',
  'deposits.release': 'released',
  'deductions.reverse': 'reversed',
  'appointments.cancel': 'cancelled',
}

type Members = Readonly<Record<string, unknown>>

/**
 * The field in which an answer speaks of something else than was asked: another amount, another patient's report.
 * Such an answer is never believed: for money it would book the wrong sum, for a report show it to the wrong person.
 */
export function findContradiction(input: Members, answer: unknown): string | undefined {
  const rows: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  const payment = input['payment'] as Members | undefined
  return (
    ECHOED.find((field) => isContradicted(field, input, rows)) ??
    ECHOED_OF_PAYMENT.find((field) => payment !== undefined && isContradicted(field, payment, rows))
  )
}

function isContradicted(field: string, asked: Members, rows: readonly unknown[]): boolean {
  return (
    asked[field] !== undefined &&
    rows.some((row) => {
      const said = (row as Members | undefined)?.[field]
      return said !== undefined && said !== asked[field]
    })
  )
}

/** Whether an answer of "done" leaves it in another state than what was asked for. */
export function isUnfinished(operation: HisOperation, answer: unknown): boolean {
  const state = FINAL_STATES[operation]
  return state !== undefined && (answer as Members)['state'] !== state
}
