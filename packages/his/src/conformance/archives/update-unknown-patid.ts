import { wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { newPhone, updateOf } from './ask-update.ts'

export const updateUnknownPatid: ConformanceCheck = {
  name: 'archives.update-unknown-patid',
  zh: "修改档案：patid 不存在时答复 no('not-found', …)",
  because: '档案被合并之后 patid 就没有了；答复 yes，患者以为手机号改好了，其实什么也没有改。',
  run: async (bench) => {
    const update = updateOf(bench)
    const outcome = await update({ patid: 'NO-SUCH-PATID', phone: newPhone(bench) }, bench.newKey())
    must(
      outcome.kind === 'no' && outcome.code === 'not-found',
      `对不存在的 patid，答复是 ${wordsOf(outcome)}，应当是 no('not-found', …)`,
    )
  },
}
