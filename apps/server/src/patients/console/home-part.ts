import { sql } from 'kysely'
import type { HomePart } from '../../platform/operators/home.ts'

/** More are as many to whoever looks. */
const MOST = 1_000

/** Archives of people without a resident ID card, on the first page: nobody but an operator can confirm them. */
export const patientsHome: HomePart = {
  permission: 'enrolments.read',
  read: async (tx) => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) FROM (SELECT FROM unconfirmed_archive WHERE hospital_id = ${tx.hospitalId}
        AND needs_operator AND refused_at_ms IS NULL LIMIT ${MOST}) one`.execute(tx.sql)
    const count = rows[0]?.count ?? 0
    const text = '没有居民身份证的患者，院内档案等人工核对'
    return {
      ...{ days: [], numbers: [] },
      todo: count > 0 ? [{ tone: 'warn', text, count, path: '/console/enrolments/archives' }] : [],
    }
  },
}
