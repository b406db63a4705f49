import { formatShanghai } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Checks } from '../../platform/checks/checks.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospitals } from '../../platform/hospitals/hospitals.ts'
import type { Platform } from '../../platform/platform.ts'
import { openAlarms } from './list-alarms.ts'

/** The state of delivery, as the gate of the hospital knows it. */
export interface DeliveryState {
  /** While it lies ahead nothing is sent. */
  readonly pausedUntilMs: number | null
  readonly lastYesAtMs: number | null
  readonly lastProblem: string | null
  readonly lastProblemAtMs: number | null
}

export async function deliveryState(tx: Tx): Promise<DeliveryState> {
  const { rows } = await sql<DeliveryState>`
    SELECT open_until_ms AS "pausedUntilMs", last_yes_at_ms AS "lastYesAtMs", last_problem AS "lastProblem",
      last_problem_at_ms AS "lastProblemAtMs"
    FROM usage_gate WHERE hospital_id = ${tx.hospitalId}`.execute(tx.sql)
  return rows[0] ?? { pausedUntilMs: null, lastYesAtMs: null, lastProblem: null, lastProblemAtMs: null }
}

/** What an operator has to look at now, in Chinese; empty when all is well. */
export async function usageProblems(tx: Tx): Promise<readonly string[]> {
  const [alarm] = await openAlarms(tx)
  const { pausedUntilMs, lastProblem } = await deliveryState(tx)
  const { rows } = await sql<{ reason: string; count: number }>`
    SELECT (reason = 'department-unmapped')::text AS reason, count(*) AS count FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND state = 'parked' GROUP BY 1`.execute(tx.sql)
  const count = (unmapped: 'true' | 'false') => rows.find(({ reason }) => reason === unmapped)?.count ?? 0
  const [unmapped, parked] = [count('true'), count('false')]
  return [
    ...(alarm ? [`${alarm.day} ${alarm.time} 的报警还没有人处理`] : []),
    // However long ago the pause ended: until an answer came, the platform counts as away.
    ...(pausedUntilMs === null
      ? []
      : [`平台没有正常答复（${lastProblem ?? '原因不明'}），上报暂停到 ${formatShanghai(pausedUntilMs)}`]),
    ...(unmapped > 0 ? [`${unmapped} 个事件在等科室对应`] : []),
    ...(parked > 0 ? [`${parked} 个事件停下等人判断`] : []),
  ]
}

/** Tells `zhangyi doctor`; patients are served all the same. */
export function registerUsageCheck(
  { checks, database }: Pick<Platform, 'database'> & { readonly checks: Checks },
  hospitals: Hospitals,
): void {
  checks.register({
    name: 'usage.completeness',
    zh: '用卡数据没有等人处理的问题',
    level: 'advice',
    run: async () => {
      const problems: string[] = []
      for (const { id, name } of hospitals.all)
        for (const problem of await database.inTransaction(id, usageProblems))
          problems.push(`${name}：${problem}`)
      return problems.length === 0
        ? { ok: true }
        : { ok: false, zh: `${problems.join('；')}。请打开运营后台 /console/usage` }
    },
  })
}
