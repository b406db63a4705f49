import { findOwn, queryOf } from '../ask.ts'
import { groupOf, mustThrow, patidOf } from '../ask-group.ts'
import { type ConformanceBench, type ConformanceCheck, must } from '../check.ts'
import { allReports } from './ask-reports.ts'

export const foreignPatid: ConformanceCheck = {
  name: 'reports.foreign-patid',
  zh: "报告：编号对、patid 是别人的，答复 refused、'not-found'",
  because: '编号往往是连着的，猜得到；不核对 patid，任何人都能看到别人的报告。',
  run: async (bench) => {
    const [report] = await allReports(bench)
    if (!report) return
    const { kind, reportId } = report
    const patid = await somebodyElse(bench)
    const read = groupOf(bench, 'reports').detail({ kind, patid, reportId })
    const { code } = await mustThrow('用别人的 patid 查报告', read)
    must(code === 'not-found', `用别人的 patid 查报告，错误的 code 是 ${String(code)}，应当是 not-found`)
  },
}

async function somebodyElse(bench: ConformanceBench): Promise<string> {
  const reader = await patidOf(bench, 'reportReader')
  const { oneArchive, severalArchives } = bench.fixtures
  const others = [
    ...(await findOwn(bench, queryOf(oneArchive))),
    ...(await findOwn(bench, queryOf(severalArchives))),
  ]
  return others.find(({ patid }) => patid !== reader)?.patid ?? 'NO-SUCH-PATID'
}
