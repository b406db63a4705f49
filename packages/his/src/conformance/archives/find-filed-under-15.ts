import { findOwn, queryOf } from '../ask.ts'
import { type ConformanceCheck, must, NotOffered } from '../check.ts'

export const findFiledUnder15: ConformanceCheck = {
  name: 'archives.find-filed-under-15',
  zh: '查档：查到当年按 15 位身份证号建的档案',
  because: '老年患者的档案多按 15 位号码建立；查不到，他们的病历就像从未有过。',
  run: async (bench) => {
    const { filedUnder15 } = bench.fixtures
    if (!filedUnder15) throw new NotOffered('没有给出样本 filedUnder15（按 15 位号码建档的人）')
    const own = await findOwn(bench, queryOf(filedUnder15))
    must(own.length > 0, '样本 filedUnder15 没有查到同名档案')
  },
}
