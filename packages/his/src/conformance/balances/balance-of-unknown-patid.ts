import { groupOf, mustThrow } from '../ask-group.ts'
import type { ConformanceCheck } from '../check.ts'

export const balanceOfUnknownPatid: ConformanceCheck = {
  name: 'balances.of-unknown-patid',
  zh: '余额：patid 不存在时抛出 HisError，不当作 0 元',
  because: '档案合并之后旧的 patid 会失效；答复 0 元，患者就以为自己的钱没有了。',
  run: async (bench) => {
    await mustThrow('查询不存在的 patid 的余额', groupOf(bench, 'balances').of('NO-SUCH-PATID'))
  },
}
