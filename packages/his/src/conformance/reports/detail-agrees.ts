import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { allReports } from './ask-reports.ts'

// Of every kind: reading all of a busy patient's would take minutes.
const MOST_OF_A_KIND = 3

export const detailAgrees: ConformanceCheck = {
  name: 'reports.detail-agrees',
  zh: '报告：详情与列表一致，并且有内容',
  because: '点开的不是所点的那份，或是一张白纸，患者就会看错结果。',
  run: async (bench) => {
    const all = await allReports(bench)
    for (const [, list] of Map.groupBy(all, ({ kind }) => kind))
      for (const { kind, patid, reportId, title, reportedAt } of list.slice(0, MOST_OF_A_KIND)) {
        const report = await groupOf(bench, 'reports').detail({ kind, patid, reportId })
        must(
          report.reportId === reportId && report.patid === patid && report.kind === kind,
          `${kind} 的详情不是所问的那一份`,
        )
        must(
          report.title === title && Date.parse(report.reportedAt) === Date.parse(reportedAt),
          `${kind} 的详情与列表的标题或时间不同`,
        )
        const { indicators, sections, lines } = report
        must(indicators.length + sections.length + lines.length > 0, `${kind} 的详情没有内容`)
      }
  },
}
