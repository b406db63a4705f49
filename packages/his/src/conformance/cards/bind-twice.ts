import { newCard, wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const bindTwice: ConformanceCheck = {
  name: 'cards.bind-twice',
  zh: '绑卡：同一张健康卡重复绑定无害',
  because: '绑定结果不明时网关会再绑一次；第二次被拒绝，任务就一直重试，最后转成人工处理。',
  run: async (bench) => {
    const card = await newCard(bench)
    const key = bench.newKey()
    const keys = [key, key, bench.newKey()]
    for (const [index, one] of keys.entries()) {
      const outcome = await bench.port.cards.bind(card, one)
      must(outcome.kind === 'yes', `第 ${index + 1} 次绑定的答复是 ${wordsOf(outcome)}，应当是 yes`)
    }
  },
}
