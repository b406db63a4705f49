import { sql } from 'kysely'
import type { HomePart } from '../../platform/operators/home.ts'

/** More are as many to whoever looks. */
const MOST = 1_000

/** Changes of personal data whose end only a person can find out, on the first page. */
export const verificationHome: HomePart = {
  permission: 'enrolments.read',
  read: async (tx) => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) FROM (SELECT FROM personal_data_change
        WHERE hospital_id = ${tx.hospitalId} AND state = 'parked' LIMIT ${MOST}) one`.execute(tx.sql)
    const count = rows[0]?.count ?? 0
    const text = '患者改手机号或住址，HIS 一直没有说清，等人到 HIS 里看'
    return {
      ...{ days: [], numbers: [] },
      todo: count > 0 ? [{ tone: 'warn', text, count, path: '/console/enrolments/changes' }] : [],
    }
  },
}
