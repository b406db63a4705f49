import { findOwn, queryOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const findSeveral: ConformanceCheck = {
  name: 'archives.find-several',
  zh: '查档：一个人有几份档案，就全部列出',
  because: '由患者自己挑选用哪一份；适配器只给一份，患者可能绑到没有病历的档案上，退款时也会漏掉余额。',
  run: async (bench) => {
    const own = await findOwn(bench, queryOf(bench.fixtures.severalArchives))
    must(own.length > 1, `样本 severalArchives 查到 ${own.length} 份同名档案，应当是 2 份或更多`)
  },
}
