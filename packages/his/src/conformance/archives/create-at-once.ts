import { findOwn, queryOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const createAtOnce: ConformanceCheck = {
  name: 'archives.create-at-once',
  zh: '幂等：同一 requestKey 的两次建档同时到达，只建一份',
  because: '患者连点两下、或网络自动重试，两个请求会同时到达；各建一份，就成了重复档案。',
  run: async (bench) => {
    const person = bench.people.adult()
    const key = bench.newKey()
    const outcomes = await Promise.all([
      bench.port.archives.create(person, key),
      bench.port.archives.create(person, key),
    ])
    must(
      outcomes.some(({ kind }) => kind === 'yes'),
      '两次建档没有一次答复 yes',
    )
    const own = await findOwn(bench, queryOf(person))
    must(own.length === 1, `同时建档两次之后，查到 ${own.length} 份档案`)
  },
}
