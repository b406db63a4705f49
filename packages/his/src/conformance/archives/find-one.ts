import { findOwn, queryOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const findOne: ConformanceCheck = {
  name: 'archives.find-one',
  zh: '查档：按 18 位身份证号查到已有的一份档案',
  because: '网关先查再建；查不到已有的档案，就会给老患者另建一份，病历和余额从此分在两处。',
  run: async (bench) => {
    const own = await findOwn(bench, queryOf(bench.fixtures.oneArchive))
    must(own.length === 1, `样本 oneArchive 查到 ${own.length} 份同名档案，应当是 1 份`)
  },
}
