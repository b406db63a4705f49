import { findOwn, queryOf } from '../ask.ts'
import { type ConformanceCheck, must, NotOffered } from '../check.ts'

export const findByEveryForm: ConformanceCheck = {
  name: 'archives.find-by-every-form',
  zh: '查档：idNumbers 里的每个号码都查，与先后无关',
  because: '网关把 18 位和 15 位号码一起给出；只查第一个，就会漏掉用另一种号码建的档案，给患者重复建档。',
  run: async (bench) => {
    const query = queryOf(bench.fixtures.oneArchive)
    if (query.idNumbers.length < 2) throw new NotOffered('样本 oneArchive 不是 19xx 年出生，没有 15 位号码')
    const own = await findOwn(bench, { ...query, idNumbers: query.idNumbers.toReversed() })
    must(own.length === 1, `把 15 位号码放在前面，查到 ${own.length} 份同名档案，应当是 1 份`)
  },
}
