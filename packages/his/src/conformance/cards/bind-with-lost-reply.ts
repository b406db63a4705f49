import { loseReplyOf, mustNotSayNo, newCard, wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const bindWithLostReply: ConformanceCheck = {
  name: 'cards.bind-with-lost-reply',
  zh: '结果不明：绑卡的答复丢失时不说 no，重发得到 yes',
  because: '网关把 no 记为「HIS 拒绝绑定」；其实已经绑好，运营人员就会去查一个并不存在的故障。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const card = await newCard(bench)
    const key = bench.newKey()
    await loseReply('cards.bind')
    const first = await bench.port.cards.bind(card, key)
    mustNotSayNo(first, 'unknown')
    const again = await bench.port.cards.bind(card, key)
    must(again.kind === 'yes', `重发的答复是 ${wordsOf(again)}，应当是 yes`)
  },
}
