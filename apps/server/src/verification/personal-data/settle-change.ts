import { assertNever, HOUR_MS, MINUTE_MS, type Outcome, sensitive } from '@zhangyi/core'
import { changePhone } from '../../patients/index.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { type ChangeRow, type ChangeState, type ChangeTables, openNew } from './change-row.ts'
import { PERSONAL_DATA_WORK, type PersonalDataRoom } from './room.ts'

// After the first try at once, for the patient waits; later ones wait for a HIS that is down, about two days in all.
const BACKOFF_MS = [
  ...[0, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS],
  ...[HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS],
]
const MAX_PROBLEM = 100

/**
 * Stores what the HIS said to a change, in the caller's transaction. An end that stands stays: two answers to one key
 * are one answer. `actor` as in the audit log.
 */
export async function settleChange(
  tx: Tx,
  room: PersonalDataRoom,
  { id, tries }: Pick<ChangeRow, 'id' | 'tries'>,
  outcome: Outcome<unknown>,
  actor: string,
): Promise<ChangeState> {
  const row = await lock(tx, id)
  const nowMs = room.clock.nowMs()
  const entry = { atMs: nowMs, actor, subject: id, traceId: currentTraceId() }
  if (row.state === 'yes' || row.state === 'no') {
    // A late answer of the other kind changes nothing, and somebody has to know of it.
    if (outcome.kind !== row.state && outcome.kind !== 'unknown')
      recordAudit(tx, {
        ...{ ...entry, action: 'personal-data.change-contradicted' },
        detail: { patient: row.patient_id, stands: row.state, late: outcome.kind },
      })
    return row.state
  }
  if (row.state === 'parked' && outcome.kind === 'unknown') return row.state
  const after = afterOf(outcome, tries, nowMs)
  await tx.sql
    .withTables<ChangeTables>()
    .updateTable('personal_data_change')
    .set(after)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .execute()
  const values = openNew(room.cipher, row)
  if (after.state === 'yes' && values.phone !== undefined)
    await changePhone(tx, room.cipher, {
      ...{ userId: row.user_id, patientId: row.patient_id, phone: sensitive(values.phone) },
    })
  if (after.next_action_at_ms === nowMs) await room.jobs.wake(tx, PERSONAL_DATA_WORK)
  // Asked again and again without an answer is one entry, not twelve. The values stand sealed in the row.
  if (after.state !== row.state)
    recordAudit(tx, {
      ...{ ...entry, action: ACTIONS[after.state] },
      detail: { patient: row.patient_id, fields: Object.keys(values).join(), tries },
    })
  return after.state
}

type After = Pick<ChangeRow, 'last_problem' | 'settled_at_ms' | 'next_action_at_ms'> & {
  readonly state: Exclude<ChangeState, 'asked'>
}

const ACTIONS: Readonly<Record<After['state'], string>> = {
  yes: 'personal-data.changed',
  no: 'personal-data.change-refused',
  unknown: 'personal-data.change-unknown',
  parked: 'personal-data.change-parked',
}

function afterOf(outcome: Outcome<unknown>, tries: number, nowMs: number): After {
  switch (outcome.kind) {
    case 'yes':
      return { state: 'yes', last_problem: null, settled_at_ms: nowMs, next_action_at_ms: null }
    case 'no': {
      const problem = `no ${outcome.code}`.slice(0, MAX_PROBLEM)
      return { state: 'no', last_problem: problem, settled_at_ms: nowMs, next_action_at_ms: null }
    }
    case 'unknown': {
      const problem = `unknown ${outcome.cause}`.slice(0, MAX_PROBLEM)
      const backoffMs = BACKOFF_MS[tries - 1]
      const open = { last_problem: problem, settled_at_ms: null }
      return backoffMs === undefined
        ? { ...open, state: 'parked', next_action_at_ms: null }
        : { ...open, state: 'unknown', next_action_at_ms: nowMs + backoffMs }
    }
    default:
      return assertNever(outcome)
  }
}

function lock(tx: Tx, id: string): Promise<ChangeRow> {
  return tx.sql
    .withTables<ChangeTables>()
    .selectFrom('personal_data_change')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
