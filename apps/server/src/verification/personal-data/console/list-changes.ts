import { type HospitalId, maskAddress, maskPhone } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Cipher } from '../../../platform/crypto/cipher.ts'
import { inTime, type ListTimes } from '../../../platform/operators/list-page.ts'
import { type ChangeRow, openNew, openOld } from '../change-row.ts'

export const CHANGE_STATES = ['asked', 'unknown', 'parked', 'yes', 'no'] as const

export const changeSchema = z.object({
  ...{ id: z.string(), patientId: z.string(), patid: z.string().describe('院内档案号') },
  state: z
    .enum(CHANGE_STATES)
    .describe('asked 正在问 HIS / unknown 结果不明，还会再问 / parked 等人处理 / yes 已修改 / no 没有修改'),
  fields: z.array(
    z.object({ name: z.string(), before: z.string().nullable(), after: z.string() }).describe('已遮盖'),
  ),
  tries: z.number().int(),
  problem: z.string().nullable(),
  createdAtMs: z.number().int(),
  settledAtMs: z.number().int().nullable(),
})
export type ChangeView = z.output<typeof changeSchema>

export interface ChangeWish extends Pick<ListTimes, 'before'> {
  readonly state: ChangeRow['state']
}

/** Who waits longest first. */
export function changesQuery(
  hospital: HospitalId,
  { state, before }: ChangeWish,
  limit: number,
): RawBuilder<ChangeRow> {
  const conditions = [
    sql`hospital_id = ${hospital}`,
    sql`state = ${state}`,
    ...inTime(sql`created_at_ms`, sql`id`, { before }, 'oldest-first'),
  ]
  return sql<ChangeRow>`SELECT * FROM personal_data_change WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms, id LIMIT ${limit}`
}

export function viewChange(cipher: Cipher, row: ChangeRow): ChangeView {
  const [before, after] = [openOld(cipher, row), openNew(cipher, row)]
  return {
    ...{ id: row.id, patientId: row.patient_id, patid: row.patid, state: row.state, tries: row.tries },
    fields: [
      ...(after.phone === undefined
        ? []
        : [
            {
              name: '手机号',
              before: before.phone ? maskPhone(before.phone) : null,
              after: maskPhone(after.phone),
            },
          ]),
      ...(after.address === undefined
        ? []
        : [
            {
              name: '现住址',
              before: before.address ? maskAddress(before.address) : null,
              after: maskAddress(after.address),
            },
          ]),
    ],
    problem: row.last_problem && problemWords(row.last_problem),
    ...{ createdAtMs: row.created_at_ms, settledAtMs: row.settled_at_ms },
  }
}

/** `no 1001`, `unknown timeout` as it was stored, in words. */
function problemWords(problem: string): string {
  const [kind = '', ...rest] = problem.split(' ')
  const code = rest.join(' ')
  return kind === 'no' ? `HIS 没有受理（${code}）` : `HIS 没有说清结果（${code}）`
}
