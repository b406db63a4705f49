import { shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { counted, type HomePart } from '../../platform/operators/home.ts'
import { usageProblems } from '../completeness/find-problems.ts'

const PATH = '/console/usage'

/** 用卡数据 on the first page: how many were stored and told to the platform, and what stands in the way. */
export const usageHome: HomePart = {
  permission: 'usage.read',
  read: async (tx, { nowMs, days }) => {
    const byDay = await countByDay(tx, days)
    const problems = await usageProblems(tx)
    const today = byDay.find(({ day }) => day === shanghaiDay(nowMs))
    const left = today?.waiting ?? 0
    return {
      days: byDay.map(({ day, stored }) => ({ day, usage: stored })),
      numbers: [
        {
          key: 'usage',
          name: '今日用卡',
          value: counted(today?.stored ?? 0),
          unit: '次',
          tone: 'plain',
          path: PATH,
        },
        {
          ...{ key: 'usage-left', name: '今日还没有上报', value: counted(left), unit: '次', path: PATH },
          tone: left > 0 ? 'warn' : 'plain',
        },
      ],
      todo: problems.map((text) => ({ tone: 'bad', text, count: 1, path: PATH })),
    }
  },
}

async function countByDay(tx: Tx, days: readonly string[]) {
  const { rows } = await sql<{ day: string; stored: number; waiting: number }>`
    SELECT day::text AS day, count(*) AS stored, count(*) FILTER (WHERE state IN ('pending', 'parked')) AS waiting
    FROM usage_event WHERE hospital_id = ${tx.hospitalId} AND day >= ${days[0]} AND day <= ${days.at(-1)} GROUP BY 1`.execute(
    tx.sql,
  )
  return rows
}
