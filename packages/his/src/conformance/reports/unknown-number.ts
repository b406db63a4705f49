import { groupOf, mustThrow, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const unknownNumber: ConformanceCheck = {
  name: 'reports.unknown-number',
  zh: "报告：编号不存在，抛出 HisError（refused、'not-found'）",
  because: '网关据此告诉患者「没有这份报告」；别的错误会显示成「医院系统故障」，患者白等。',
  run: async (bench) => {
    const patid = await patidOf(bench, 'reportReader')
    const read = groupOf(bench, 'reports').detail({ kind: 'lab', patid, reportId: 'NO-SUCH-REPORT' })
    const { code } = await mustThrow('查询不存在的报告', read)
    must(code === 'not-found', `查询不存在的报告，错误的 code 是 ${String(code)}，应当是 not-found`)
  },
}
