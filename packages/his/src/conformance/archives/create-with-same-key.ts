import { created, findOwn, queryOf, wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const createWithSameKey: ConformanceCheck = {
  name: 'archives.create-with-same-key',
  zh: '幂等：同一 requestKey、同一内容，答复相同',
  because: '答复丢失后网关用同一个 requestKey 重发；答复不同，患者就会看到「建档失败」，其实已经建好。',
  run: async (bench) => {
    const person = bench.people.adult()
    const key = bench.newKey()
    const first = created(await bench.port.archives.create(person, key))
    const second = await bench.port.archives.create(person, key)
    must(second.kind === 'yes', `重发的答复是 ${wordsOf(second)}，第一次是 yes`)
    must(second.value.patid === first.patid, '重发的答复是另一个 patid')
    const own = await findOwn(bench, queryOf(person))
    must(own.length === 1, `重发之后查到 ${own.length} 份档案`)
    // Somebody else's archive under a used key: one patient would see the other's reports and money.
    const other = await bench.port.archives.create(bench.people.adult(), key)
    must(
      other.kind === 'no',
      `同一 requestKey、另一个人，答复是 ${wordsOf(other)}，应当是 no('key-reused', …)`,
    )
  },
}
