import { dayOf, daysAround, groupOf, isInstant, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { KINDS, YEARS_BACK } from './ask-reports.ts'

export const listFits: ConformanceCheck = {
  name: 'reports.list-fits',
  zh: '报告：列表只有所问的人、种类和日期，从新到旧，编号唯一',
  because: '列表里混进别人的报告就是泄露隐私；次序乱了，患者会把旧报告当成新的。',
  run: async (bench) => {
    const reports = groupOf(bench, 'reports')
    const patid = await patidOf(bench, 'reportReader')
    const range = daysAround(bench, YEARS_BACK * 365, 0)
    for (const kind of KINDS) {
      const list = await reports.list({ patid, kind, ...range })
      must(
        list.every((one) => one.patid === patid && one.kind === kind),
        `${kind} 的列表里有别人的、或别种的报告`,
      )
      must(
        list.every(({ reportedAt }) => isInstant(reportedAt)),
        `${kind} 有报告的 reportedAt 不是带时区的时间`,
      )
      must(new Set(list.map(({ reportId }) => reportId)).size === list.length, `${kind} 有两份报告的编号相同`)
      const times = list.map(({ reportedAt }) => Date.parse(reportedAt))
      must(
        times.every((at, index) => index === 0 || at <= (times[index - 1] ?? 0)),
        `${kind} 的列表不是从新到旧`,
      )
      const last = list.at(-1)
      if (!last) continue
      const day = dayOf(last.reportedAt)
      const ofDay = await reports.list({ patid, kind, from: day, to: day })
      must(
        ofDay.some(({ reportId }) => reportId === last.reportId) &&
          ofDay.every(({ reportedAt }) => dayOf(reportedAt) === day),
        `${kind} 按一天查询，得到的不是这一天的报告`,
      )
    }
  },
}
