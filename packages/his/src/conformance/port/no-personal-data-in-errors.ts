import { createNew } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

/** Provokes refusals, then judges everything that this run's calls complained of. */
export const noPersonalDataInErrors: ConformanceCheck = {
  name: 'port.no-personal-data-in-errors',
  zh: '隐私：错误信息里没有姓名、证件号、手机号',
  because: '网关把错误的代码和原因写进调用日志；带有个人信息的错误会把患者隐私泄露到日志里。',
  run: async (bench) => {
    const person = bench.people.adult()
    await createNew(bench, person)
    await bench.port.archives.create(person, bench.newKey())
    const secrets = bench.secrets().flatMap((one) => [one, encodeURIComponent(one)])
    const leaks = bench.calls.filter(({ said }) => secrets.some((secret) => said?.includes(secret)))
    const operations = [...new Set(leaks.map(({ operation }) => operation))].join('、')
    must(leaks.length === 0, `${operations} 的错误信息里有个人信息（共 ${leaks.length} 次）`)
  },
}
