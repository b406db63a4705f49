import { MINUTE_MS } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { BY_HAND } from '../parked/accept-parked.ts'
import { OWN_SOURCE } from '../record-usage-event.ts'
import type { ParkReason } from '../tables.ts'

/** What is due for no longer than this is on its way, and no reason for an alarm. */
const ON_ITS_WAY_MS = 2 * MINUTE_MS

/** The stored events of one day and scene. */
export interface Stored {
  /** All of them: each is a success of the HIS, also without a card and where the same question was merged. */
  readonly stored: number
  /** Of them those of our own app; the others were pushed. */
  readonly own: number
  readonly merged: number
  readonly delivered: number
  /** Of the delivered: found at the platform by a person. */
  readonly byHand: number
  readonly late: number
  readonly afterCutoff: number
  readonly pending: number
  /** Of the pending: tried in vain, or due for some minutes. */
  readonly stuck: number
  readonly noCard: number
  readonly parked: number
  readonly parkedBy: Readonly<Partial<Record<ParkReason, number>>>
  /** The platform may have counted each of these more than once. */
  readonly maybeTwice: number
}

export const NOTHING_STORED: Stored = {
  ...{ stored: 0, own: 0, merged: 0, delivered: 0, byHand: 0, late: 0, afterCutoff: 0, pending: 0, stuck: 0 },
  ...{ noCard: 0, parked: 0, parkedBy: {}, maybeTwice: 0 },
}

/** By scene. */
export async function countStored(tx: Tx, day: string, nowMs: number): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await sql<Omit<Stored, 'parkedBy'> & { scene: string; reasons: ParkReason[] | null }>`
    SELECT scene, count(*) AS stored,
      count(*) FILTER (WHERE source = ${OWN_SOURCE}) AS own,
      count(*) FILTER (WHERE state = 'merged') AS merged,
      count(*) FILTER (WHERE state = 'delivered') AS delivered,
      count(*) FILTER (WHERE state = 'delivered' AND code = ${BY_HAND}) AS "byHand",
      count(*) FILTER (WHERE late) AS late,
      count(*) FILTER (WHERE after_cutoff) AS "afterCutoff",
      count(*) FILTER (WHERE state = 'pending') AS pending,
      count(*) FILTER (WHERE state = 'pending'
        AND (attempts > 0 OR next_action_at_ms <= ${nowMs - ON_ITS_WAY_MS})) AS stuck,
      count(*) FILTER (WHERE state = 'no-card') AS "noCard",
      count(*) FILTER (WHERE state = 'parked') AS parked,
      array_agg(reason) FILTER (WHERE state = 'parked') AS reasons,
      count(*) FILTER (WHERE unknowns
        + CASE WHEN state = 'delivered' AND code IS DISTINCT FROM ${BY_HAND} THEN 1 ELSE 0 END > 1) AS "maybeTwice"
    FROM usage_event WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date
    GROUP BY scene`.execute(tx.sql)
  return new Map(
    rows.map(({ scene, reasons, ...counts }) => [scene, { ...counts, parkedBy: tally(reasons ?? []) }]),
  )
}

function tally(reasons: readonly ParkReason[]): Stored['parkedBy'] {
  const counts: Partial<Record<ParkReason, number>> = {}
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
