import { HOUR_MS } from '@zhangyi/core'
import { sql } from 'kysely'
import { listTroubledSubjects } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'

/**
 * Why an order needs a person.
 * - `refund`: it does not go on by itself. `mismatch`: what WeChat says does not fit the payment. `contradicted`: money
 *   came after the order was closed, or the end of the payment was contradicted.
 * - `foreign-answer`: the HIS answers with something of somebody else. `doubtful`: for an hour nobody can say what
 *   became of a booking, posting or cancellation.
 */
export const TROUBLES = ['refund', 'mismatch', 'contradicted', 'foreign-answer', 'doubtful'] as const
export type Trouble = (typeof TROUBLES)[number]

/** A patient who paid and waits this long stands at the counter. */
const DOUBTFUL_MS = HOUR_MS
const MOST = 500

/** Of all orders that need a person, by id; the newest of each kind where there are very many. */
export async function findTroubles(tx: Tx, nowMs: number): Promise<ReadonlyMap<string, Trouble>> {
  const ofMoney = await listTroubledSubjects(tx, 'visits', MOST)
  const { rows } = await sql<{ id: string; trouble: Trouble }>`
    SELECT id, CASE WHEN last_problem = 'unknown foreign-answer' THEN 'foreign-answer' ELSE 'doubtful' END AS trouble
    FROM visit_order
    WHERE hospital_id = ${tx.hospitalId} AND kind IN ('appointment', 'same-day', 'outpatient-fee')
      AND state IN ('posting', 'cancelling')
      AND (last_problem = 'unknown foreign-answer'
        OR CASE state WHEN 'posting' THEN asked_at_ms ELSE changed_at_ms END < ${nowMs - DOUBTFUL_MS})
    ORDER BY created_at_ms DESC LIMIT ${MOST}`.execute(tx.sql)
  // What is about money goes before.
  return new Map([
    ...rows.map(({ id, trouble }) => [id, trouble] as const),
    ...ofMoney.map(({ subject, trouble }) => [subject, trouble] as const),
  ])
}
