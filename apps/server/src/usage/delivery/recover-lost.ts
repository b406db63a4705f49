import { unknown } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { DueEvent } from './claim-batch.ts'
import { judgeAnswer, type Rules } from './judge-answer.ts'
import { type Settlement, settleFlight } from './settle-flight.ts'

interface LostFlight {
  readonly id: number
  readonly day: string
  readonly sent_at_ms: number
  readonly event_ids: readonly string[]
}

/**
 * Flights whose sender has not answered for longer than it ever could: its process died. Nobody knows whether the
 * platform has their events: repeated where the hospital allows it, parked otherwise. Returns how many events.
 */
export async function recoverLost(tx: Tx, rules: Rules, nowMs: number): Promise<number> {
  const { rows: flights } = await sql<LostFlight>`
    SELECT id, day::text AS day, sent_at_ms, event_ids FROM usage_flight
    WHERE hospital_id = ${tx.hospitalId} AND lease_until_ms <= ${nowMs} FOR UPDATE SKIP LOCKED`.execute(
    tx.sql,
  )
  for (const { id, day, sent_at_ms, event_ids } of flights) {
    const { rows: events } = await sql<DueEvent>`
      SELECT id, occurred_at_ms, attempts, refusals, unknowns, first_refused_at_ms FROM usage_event
      WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND id = ANY (${event_ids}::bigint[])`.execute(
      tx.sql,
    )
    const lost = events.map((event) => lostEvent(event, rules, nowMs))
    await sql`DELETE FROM usage_flight WHERE hospital_id = ${tx.hospitalId} AND id = ${id}`.execute(tx.sql)
    await settleFlight(tx, { day, sentAtMs: sent_at_ms }, lost)
  }
  return flights.reduce((sum, { event_ids }) => sum + event_ids.length, 0)
}

function lostEvent(event: DueEvent, rules: Rules, nowMs: number): Settlement {
  const judgement = judgeAnswer(event, unknown('lost-in-flight'), rules, null, nowMs)
  const reason = judgement.state === 'parked' ? 'lost-in-flight' : null
  return {
    ...{ id: event.id, judgement: { ...judgement, reason } },
    ...{ tookMs: null, requestId: null, code: 'lost-in-flight' },
  }
}
