import { shanghaiDay } from '@zhangyi/core'
import type { TestDatabase } from '../../../../../tests/setup/test-database.ts'

// source, scene, state, reason, code, department, unknowns, attempts, late, how many
const EVENTS = [
  ['app', '0101011', 'delivered', null, '0', null, 0, 1, false, 128],
  ['kiosk', '0101011', 'delivered', null, '0', null, 1, 2, false, 3],
  ['app', '0101011', 'parked', 'department-unmapped', null, '0301', 0, 0, false, 12],
  ['app', '0101012', 'parked', 'department-unmapped', null, '0405', 0, 0, false, 4],
  ['app', '0101012', 'delivered', null, '0', null, 0, 1, false, 64],
  ['app', '0101013', 'merged', null, null, null, 0, 0, false, 41],
  ['app', '0101013', 'delivered', null, '0', null, 0, 1, true, 2],
  ['app', '0101013', 'delivered', null, '0', null, 0, 1, false, 210],
  ['app', '0101051', 'delivered', null, '0', null, 0, 1, false, 95],
  ['app', '0101051', 'delivered', 'outcome-unknown', 'by-hand', null, 1, 1, false, 1],
  ['app', '0101051', 'parked', 'outcome-unknown', 'timeout', null, 1, 1, false, 2],
  ['app', '0101052', 'no-card', null, null, null, 0, 0, false, 7],
  ['app', '0101052', 'delivered', null, '0', null, 0, 1, false, 51],
  ['app', '0101082', 'pending', null, '-10044', null, 0, 1, false, 5],
  ['app', '0101082', 'delivered', null, '0', null, 0, 1, false, 302],
  ['app', '0101081', 'parked', 'refused', '-10044', null, 0, 3, false, 1],
] as const

/** What the HIS said yes to, by the rooms' own records. One lab list more than there are events: it is lost. */
const SUCCESSES = {
  orders: [
    ['appointment', 140],
    ['same-day', 68],
    ['outpatient-fee', 98],
  ],
  queries: [
    ['list-registrations', 253],
    ['list-paid-fees', 58],
  ],
  lists: [
    ['lab', 308],
    ['examination', 1],
  ],
} as const

/** A day of the hospital `demo` on which something of everything happened, up to `nowMs`. */
export async function seedDay({ asOwner }: Pick<TestDatabase, 'asOwner'>, nowMs: number): Promise<void> {
  const day = shanghaiDay(nowMs)
  const values = (rows: readonly (readonly unknown[])[]) =>
    rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')
  await asOwner(`
    SET session_replication_role = replica;
    INSERT INTO usage_department VALUES ('demo', '0301', '心血管内科', NULL, ${nowMs - 7_200_000}),
      ('demo', '0405', '骨科二病区', NULL, ${nowMs - 3_600_000}), ('demo', '0700', '儿科', '0700', ${nowMs - 9_200_000});
    INSERT INTO usage_event (hospital_id, day, source, scene, occurred_at_ms, after_cutoff, content, state, reason,
      code, department_id, unknowns, attempts, next_action_at_ms, late, sent_at_ms)
    SELECT 'demo', '${day}', source, scene, ${nowMs} - 60000 * number, false, '\\x00', state, reason, code, department,
      unknowns, attempts, CASE WHEN state = 'pending' THEN ${nowMs} + 600000 END, late,
      CASE WHEN attempts > 0 THEN ${nowMs} - 30000 * number END
    FROM (VALUES ${values(EVENTS)})
      AS told (source, scene, state, reason, code, department, unknowns, attempts, late, count),
      generate_series(1, told.count) AS number;
    INSERT INTO visit_order (hospital_id, id, kind, state, user_id, appid, openid, channel, patient_id, patid, slot_id,
      fee_fen, content, succeeded_at_ms, created_at_ms, changed_at_ms)
    SELECT 'demo', kind || number, kind, 'refunded', 'u', 'a', 'o', 'mini-program', 'p', 'p',
      CASE WHEN kind <> 'outpatient-fee' THEN 's' END, 0, '\\x00', ${nowMs} - number, ${nowMs}, ${nowMs}
    FROM (VALUES ${values(SUCCESSES.orders)}) AS told (kind, count), generate_series(1, count) AS number;
    INSERT INTO visit_query SELECT 'demo', act || number, act, 'u', 'p', ${nowMs} - number
    FROM (VALUES ${values(SUCCESSES.queries)}) AS told (act, count), generate_series(1, count) AS number;
    INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id, detail)
    SELECT 'demo', ${nowMs} - number, 'user:u', 'records.listed', 'p', '-', jsonb_build_object('kind', kind)
    FROM (VALUES ${values(SUCCESSES.lists)}) AS told (kind, count), generate_series(1, count) AS number;
    INSERT INTO usage_platform_count VALUES ('demo', '${day}', '0101011', 132, 'wang', ${nowMs}),
      ('demo', '${day}', '0101012', 64, 'wang', ${nowMs})`)
}

function literal(value: unknown): string {
  if (value === null) return 'NULL'
  return typeof value === 'string' ? `'${value}'` : String(value)
}
