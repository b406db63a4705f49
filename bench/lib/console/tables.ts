import { DAY_MS, sensitive } from '@zhangyi/core'
import type { Cipher } from '@zhangyi/server'
import { sealCasePerson } from '../../../apps/server/src/refunds/cases/case-person.ts'
import { PATIENTS, patientValues } from './patient-rows.ts'

/** Over so many days, the last of which is today, evenly. */
export const DAYS = 180
export const MIDDLE_DAYS_AGO = DAYS / 2
export const SPAN_MS = DAYS * DAY_MS
/** No hospital has more refunds or patients, however long it keeps its calls. */
export const CAPPED_ROWS = 1_000_000

export function cappedRows(rows: number): number {
  return Math.min(rows, CAPPED_ROWS)
}

export interface Table {
  readonly name: string
  /** What it gets, n being the row and `at` its time; numbers that are looked for end in the row's own. */
  readonly insert: string
  /** Has as many rows as the largest; the others at most so many. */
  readonly isLargest?: true
  readonly values?: (cipher: Cipher, rows: number) => readonly unknown[]
}

const OPERATIONS = `(ARRAY['registerHealthCardPreAuth','reportHISData','transfer-bills','query-transfer','deposits.hold'])`
const PLATFORMS = `(ARRAY['health-card','health-card','wechat-pay','wechat-pay','his'])`

const sealedPerson = (cipher: Cipher) => [
  sealCasePerson(cipher, { name: sensitive('李明华'), cardNumber: sensitive('0931') }),
]

export const TABLES: readonly Table[] = [
  {
    name: 'audit_entry',
    insert: `INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id, detail)
      SELECT 'bench', at, CASE WHEN n % 50 = 0 THEN 'operator:wang-' || n % 9 ELSE 'user:user_' || n / 3 END,
        CASE WHEN n % 997 = 0 THEN 'refunds.reissued' WHEN n % 2 = 0 THEN 'records.viewed' ELSE 'verification.granted' END,
        'subject_' || n, 'ZY-' || n, jsonb_build_object('n', n)`,
    isLargest: true,
  },
  {
    name: 'outside_call',
    insert: `INSERT INTO outside_call (hospital_id, started_at_ms, duration_ms, platform, operation, request_id, trace_id, outcome,
        code, request, reply)
      SELECT 'bench', at, n % 900, ${PLATFORMS}[n % 5 + 1], ${OPERATIONS}[n % 5 + 1], 'REQ' || n, 'ZY-' || n,
        CASE WHEN n % 211 = 0 THEN 'unknown' WHEN n % 97 = 0 THEN 'no' ELSE 'yes' END, 'ok',
        jsonb_build_object('commonIn', jsonb_build_object('requestId', 'REQ' || n)), '{"resultCode":0}'`,
    isLargest: true,
  },
  {
    name: 'usage_event',
    insert: `INSERT INTO usage_event (hospital_id, day, source, scene, occurred_at_ms, after_cutoff, user_id, patient_id, department_id,
        department_name, content, state, attempts, sent_at_ms, took_ms, request_id, code)
      SELECT 'bench', (to_timestamp(at / 1000.0) AT TIME ZONE 'Asia/Shanghai')::date, 'app',
        (ARRAY['0101011','0101012','0101051','0101081','0101082'])[n % 5 + 1], at, false, 'user_' || n, 'pat_' || n, 'D' || n % 40,
        '科室' || n % 40, CASE WHEN n % 301 = 0 THEN NULL ELSE $1::bytea END,
        CASE WHEN n % 301 = 0 THEN 'no-card' ELSE 'delivered' END, 1, at + 500, 80, 'REQ' || n, '0'`,
    isLargest: true,
    values: sealedPerson,
  },
  {
    name: 'app_user',
    insert: `INSERT INTO app_user SELECT 'bench', 'user_' || n, at`,
  },
  {
    name: 'refund_case',
    insert: `INSERT INTO refund_case (hospital_id, id, way, user_id, appid, openid, channel, patid, person, person_index, request_key,
        amount_fen, balance_fen, state, created_at_ms, closed_at_ms)
      SELECT 'bench', 'case_' || n, 'face', 'user_' || n, 'wxbench', 'o-' || n, 'mini-program', 'P' || n, $1,
        decode(md5(n::text), 'hex'), 'key_' || n, 8000, 8000, CASE WHEN n % 20 = 0 THEN 'open' ELSE 'closed' END, at,
        CASE WHEN n % 20 = 0 THEN NULL ELSE at + 60000 END`,
    values: sealedPerson,
  },
  {
    // One in twenty waits for its patient, and one in five thousand for a clerk.
    name: 'refund_leg',
    insert: `INSERT INTO refund_leg (hospital_id, id, case_id, place, route, amount_fen, his_mode, state, round, his_number, payout_id,
        payout_number, paid_at_ms, fail, one_sided_at_ms, reminded, steps, tries, created_at_ms, counted_at_ms, changed_at_ms,
        next_action_at_ms)
      SELECT 'bench', 'leg_' || n, 'case_' || n, 1, 'transfer', 8000, 'hold',
        CASE WHEN n % 5000 = 0 THEN 'one-sided' WHEN n % 20 = 0 THEN 'paying' ELSE 'paid' END, 1, 'hold_' || n, 'trf_' || n,
        'T' || n, at, NULL, CASE WHEN n % 5000 = 0 THEN at END, 0, 4, 0, at, at, at,
        CASE WHEN n % 20 = 0 AND n % 5000 <> 0 THEN at + 60000 END`,
  },
  {
    name: 'refund_step',
    insert: `INSERT INTO refund_step (hospital_id, leg_id, step, at_ms, happening, state)
      SELECT 'bench', 'leg_' || n, 1, at, 'applied', 'holding'`,
  },
  { name: 'patient', insert: PATIENTS, values: patientValues },
]
/** As people know them. */
export const BY_ROWS = ['审计', '接口调用', '用卡事件']
export const CAPPED = ['退款', '患者']
