import { createNew, wordsOf } from '../ask.ts'
import { isHarmless } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { archiveOf, newPhone, updated, updateOf } from './ask-update.ts'

export const updateWithSameKey: ConformanceCheck = {
  name: 'archives.update-with-same-key',
  zh: '幂等：同一 requestKey 的修改只办一次，内容不同就拒绝',
  because: '迟到的重发把手机号改回旧的，验证码就发给了别人。',
  run: async (bench) => {
    const update = updateOf(bench)
    const person = bench.people.adult()
    const { patid } = await createNew(bench, person)
    const [key, first, second] = [bench.newKey(), newPhone(bench), newPhone(bench)]
    updated(await update({ patid, phone: first }, key))
    updated(await update({ patid, phone: second }, bench.newKey()))
    const repeated = await update({ patid, phone: first }, key)
    must(isHarmless(repeated), `重发的答复是 ${wordsOf(repeated)}，第一次是 yes`)
    must((await archiveOf(bench, person)).phone === second, '重发第一次的修改，把后来改的手机号又改了回去')
    const other = await update({ patid, phone: newPhone(bench) }, key)
    must(
      other.kind === 'no',
      `同一 requestKey、另一个手机号，答复是 ${wordsOf(other)}，应当是 no('key-reused', …)`,
    )
    must((await archiveOf(bench, person)).phone === second, '拒绝之后，手机号还是变了')
  },
}
