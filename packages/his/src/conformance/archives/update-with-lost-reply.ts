import { createNew, loseReplyOf, mustNotSayNo, wordsOf } from '../ask.ts'
import { isHarmless } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { archiveOf, newPhone, updateOf } from './ask-update.ts'

export const updateWithLostReply: ConformanceCheck = {
  name: 'archives.update-with-lost-reply',
  zh: '结果不明：修改的答复丢失时不说 no，查询看得到新的，重发无害',
  because: 'no 的意思是「确实没有改」；其实已经改了，患者以为还是旧号码，却再也收不到验证码。',
  run: async (bench) => {
    const update = updateOf(bench)
    const loseReply = loseReplyOf(bench)
    const person = bench.people.adult()
    const { patid } = await createNew(bench, person)
    const change = { patid, phone: newPhone(bench) }
    const key = bench.newKey()
    await loseReply('archives.update')
    mustNotSayNo(await update(change, key))
    must((await archiveOf(bench, person)).phone === change.phone, '答复丢失之后，查询看不到新的手机号')
    const again = await update(change, key)
    must(isHarmless(again), `重发的答复是 ${wordsOf(again)}`)
    must((await archiveOf(bench, person)).phone === change.phone, '重发之后，手机号不是新的')
  },
}
