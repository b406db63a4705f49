import { findOwn, loseReplyOf, mustNotSayNo, queryOf, wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const createWithLostReply: ConformanceCheck = {
  name: 'archives.create-with-lost-reply',
  zh: '结果不明：建档的答复丢失时不说 no，重发也不建第二份',
  because: 'no 的意思是「确实没有建」；其实已经建好，患者却被告知失败，到窗口又建一份，病历和余额分在两处。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const person = bench.people.adult()
    const key = bench.newKey()
    await loseReply('archives.create')
    const first = await bench.port.archives.create(person, key)
    mustNotSayNo(first)
    const again = await bench.port.archives.create(person, key)
    const own = await findOwn(bench, queryOf(person))
    must(own.length === 1, `答复丢失、用同一个 requestKey 重发之后，查到 ${own.length} 份档案`)
    // A HIS that knows only the person cannot repeat the answer; "duplicate" makes the gateway query.
    if (again.kind === 'yes') must(again.value.patid === own[0]?.patid, '重发的答复与查到的 patid 不同')
    else must(again.kind === 'no' && again.code === 'duplicate', `重发的答复是 ${wordsOf(again)}`)
  },
}
