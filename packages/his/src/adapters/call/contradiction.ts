/** Fields that must say in the answer what they said in the question. */
const ECHOED = ['patid', 'amount', 'holdId', 'deductionId', 'slotId', 'appointmentId', 'reportId']

type Members = Readonly<Record<string, unknown>>

/**
 * The field in which an answer speaks of something else than was asked: another amount, another patient's report.
 * Such an answer is never believed: for money it would book the wrong sum, for a report show it to the wrong person.
 */
export function findContradiction(input: Members, answer: unknown): string | undefined {
  const rows: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  return ECHOED.find(
    (field) =>
      typeof input[field] !== 'undefined' &&
      rows.some((row) => {
        const said = (row as Members | undefined)?.[field]
        return said !== undefined && said !== input[field]
      }),
  )
}
