import { HOUR_MS, shanghaiDay, startOfShanghaiDay } from '@zhangyi/core'
import { counted, type HomeNotice, type HomePart } from '../../platform/operators/home.ts'
import { countByDay } from '../completeness/count-by-day.ts'
import { usageProblems } from '../completeness/find-problems.ts'
import { deadlineOf } from '../schedule.ts'

const PATH = '/console/usage'
/** So long before the platform's deadline it stands above every page. */
const SOON_MS = 2 * HOUR_MS

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
      notices: late(nowMs, left),
      todo: problems.map((text) => ({ tone: 'bad', text, count: 1, path: PATH })),
    }
  },
}

function late(nowMs: number, left: number): readonly HomeNotice[] {
  const deadlineMs = deadlineOf(startOfShanghaiDay(nowMs))
  if (left === 0 || nowMs >= deadlineMs || nowMs < deadlineMs - SOON_MS) return []
  return [{ tone: 'warn', text: `还有 ${counted(left)} 次用卡没有上报，23:00 截止`, path: PATH }]
}
