import { DAY_MS, shanghaiDay, startOfShanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import { counted, type HomePart } from '../../platform/operators/home.ts'

const PATH = '/console/notices'

/** 消息 on the first page: what did not go today, for a reason that somebody can mend. */
export const noticesHome: HomePart = {
  permission: 'notices.read',
  read: async (tx, { nowMs }) => {
    const fromMs = startOfShanghaiDay(nowMs)
    const { rows } = await sql<{ told: number; failed: number }>`
      SELECT count(*) FILTER (WHERE state IN ('accepted', 'delivered')) AS told,
        count(*) FILTER (WHERE state = 'failed') AS failed
      FROM notice WHERE hospital_id = ${tx.hospitalId} AND created_at_ms >= ${fromMs}
        AND created_at_ms < ${fromMs + DAY_MS}`.execute(tx.sql)
    const { told = 0, failed = 0 } = rows[0] ?? {}
    const day = shanghaiDay(nowMs)
    const of = `from=${day}&to=${day}`
    return {
      days: [],
      numbers: [
        {
          ...{ key: 'notices', name: '今日消息', value: counted(told), unit: '次', tone: 'plain' },
          path: `${PATH}?${of}`,
        },
      ],
      todo:
        failed > 0
          ? [
              {
                ...{ tone: 'bad', text: '消息没有发出，模板或公众号的配置要改', count: failed },
                path: `${PATH}?state=failed&${of}`,
              },
            ]
          : [],
    }
  },
}
