import type { Platform } from '../../platform.ts'
import { audited } from './audit-work.ts'
import { checkChain } from './check-chain.ts'

const LAST = 100

/** That nobody touched what was written last, and that the server itself could not: the whole chain takes a command. */
export function registerAuditChecks({
  checks,
  database,
  hospitals,
}: Pick<Platform, 'checks' | 'database' | 'hospitals'>): void {
  checks.register({
    name: 'audit.chain',
    zh: '审计链的末尾完好，服务角色不能改动审计',
    level: 'advice',
    run: async () => {
      const { rows } = await database.pool.query<{ free: boolean }>(
        `SELECT bool_or(has_table_privilege(name, 'UPDATE') OR has_table_privilege(name, 'DELETE')) AS free
         FROM unnest(ARRAY['audit_entry', 'audit_link', 'audit_anchor']) AS name`,
      )
      if (rows[0]?.free) return { ok: false, zh: '服务角色能改、能删审计：请换一个只有迁移所给权限的角色' }
      for (const hospital of audited(hospitals)) {
        const { problem } = await checkChain(database, hospital, { last: LAST })
        if (problem)
          return {
            ok: false,
            zh: `${hospital}：${problem.zh}请马上保全数据库和备份，再用 zhangyi audit check 检查全链`,
          }
      }
      return { ok: true }
    },
  })
}
