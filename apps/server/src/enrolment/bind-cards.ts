import { createHash } from 'node:crypto'
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS, type Outcome } from '@zhangyi/core'
import type { Clients } from '../platform/clients/clients.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { DueWork } from '../platform/jobs/due-work.ts'
import { eachHospital } from '../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../platform/jobs/work-due.ts'
import type { Platform } from '../platform/platform.ts'
import type { EnrolmentTables } from './flow.ts'

export const CARD_BINDING_WORK = 'enrolment.bind-cards'

// After a claim nobody else looks at the row for this long; a killed process delays the binding by no more.
const LEASE_MS = 2 * MINUTE_MS
// 1 min, 5 min, 30 min, then every few hours, and parked after about three days.
const BACKOFF_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  DAY_MS,
]

type Binding = EnrolmentTables['card_binding']

/** The same for every attempt; hashed, because a HIS keeps at most 64 characters of a request key. */
function bindingKey({ patient_id, patid, health_card_id }: Binding): string {
  const what = JSON.stringify([patient_id, patid, health_card_id])
  return `bind-${createHash('sha256').update(what).digest('hex').slice(0, 40)}`
}

/**
 * 绑定健康卡和院内ID (bindCardRelation at the platform, and the same at the HIS), in the background. Both may be told
 * twice without harm, so an unknown outcome is simply tried again.
 */
export function bindCardsWork(room: Platform & { readonly clients: Clients }): DueWork {
  return {
    name: CARD_BINDING_WORK,
    everyMinutes: 1,
    runDue: (clock, limit) =>
      eachHospital(room, (hospital) =>
        workDue(room.database, hospital.id, dueBindings(room, hospital, clock), clock, limit),
      ),
  }
}

function dueBindings(
  room: Platform & { readonly clients: Clients },
  hospital: Hospital,
  clock: Clock,
): DueRows<Binding> {
  return {
    ...{ table: 'card_binding', counter: 'attempts', leaseMs: LEASE_MS, atOnce: 1 },
    one: (binding) => bindOne(room, hospital, clock, binding),
    failed: (binding, error) =>
      room.log.error({ patient: binding.patient_id, error: (error as Error).name }, 'card binding failed'),
  }
}

async function bindOne(
  room: Platform & { readonly clients: Clients },
  hospital: Hospital,
  clock: Clock,
  binding: Binding,
): Promise<void> {
  const qrCodeText = room.cipher.open(binding.qr_code_text, 'card_binding.qr_code_text').reveal()
  const platform = await room.clients
    .healthCard(hospital)
    .bindCardRelation({ patid: binding.patid, qrCodeText }, { channelNum: 1 })
  const his = await room.clients
    .his(hospital)
    .cards.bind(
      { patid: binding.patid, healthCardId: binding.health_card_id, qrCodeText },
      bindingKey(binding),
    )
  const problem = problemOf('platform', platform) ?? problemOf('his', his)
  const backoffMs = BACKOFF_MS[binding.attempts - 1]
  const after =
    problem === undefined
      ? { state: 'done' as const, last_problem: null, next_action_at_ms: null }
      : backoffMs === undefined
        ? { state: 'parked' as const, last_problem: problem, next_action_at_ms: null }
        : { state: 'due' as const, last_problem: problem, next_action_at_ms: clock.nowMs() + backoffMs }
  if (after.state === 'parked')
    room.log.error({ patient: binding.patient_id, problem }, 'card binding parked')
  await room.database.inTransaction(hospital.id, (tx) =>
    tx.sql
      .withTables<EnrolmentTables>()
      .updateTable('card_binding')
      .set(after)
      .where('hospital_id', '=', hospital.id)
      .where('patient_id', '=', binding.patient_id)
      .where('health_card_id', '=', binding.health_card_id)
      .execute(),
  )
}

function problemOf(side: string, outcome: Outcome<unknown>): string | undefined {
  switch (outcome.kind) {
    case 'yes':
      return undefined
    case 'no':
      return `${side}: no ${outcome.code}`
    case 'unknown':
      return `${side}: unknown`
  }
}
