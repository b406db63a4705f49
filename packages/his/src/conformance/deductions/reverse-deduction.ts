import { loseReplyOf, mustNotSayNo, wordsOf } from '../ask.ts'
import { groupOf, isHarmless } from '../ask-group.ts'
import { type ConformanceBench, type ConformanceCheck, must, NotOffered } from '../check.ts'
import { deductionRoute, ONE_FEN, refundableOf, richEnough, taken } from '../refunds/refund-route.ts'

export const reverseGivesBack: ConformanceCheck = {
  name: 'deductions.reverse-gives-back',
  zh: '单步扣减：冲红把钱还回余额，只还一次',
  because: '付款最终失败时要靠冲红把钱还给患者；还不回来或还了两次，账就错了。',
  run: async (bench) => {
    const { route, before, key, reversal } = await deductOne(bench)
    const reverse = reverseOf(bench)
    const reverseKey = bench.newKey()
    for (const one of [reverseKey, reverseKey, bench.newKey()]) {
      const outcome = await reverse(reversal, one)
      must(isHarmless(outcome), `冲红的答复是 ${wordsOf(outcome)}，应当是 yes；重复冲红应当无害`)
    }
    const after = await refundableOf(bench, route)
    must(after === before, `冲红之后，可退余额差 ${before - after} 分`)
    const told = await groupOf(bench, 'deductions').status(key)
    must(told?.state === 'reversed', `冲红之后 status 说的是 ${told?.state}，应当是 reversed`)
  },
}

export const reverseWithLostReply: ConformanceCheck = {
  name: 'deductions.reverse-with-lost-reply',
  zh: '结果不明：冲红的答复丢失时不说 no，status 说 reversed',
  because: '说成 no，网关会转人工再冲一次；患者的余额就多出一份。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const reverse = reverseOf(bench)
    const { key, reversal } = await deductOne(bench)
    await loseReply('deductions.reverse')
    const outcome = await reverse(reversal, bench.newKey())
    mustNotSayNo(outcome)
    const told = await groupOf(bench, 'deductions').status(key)
    must(told?.state === 'reversed', `已经冲红，status 说的是 ${told?.state}`)
  },
}

function reverseOf(bench: ConformanceBench) {
  const { reverse } = groupOf(bench, 'deductions')
  if (!reverse) throw new NotOffered('适配器没有提供 deductions.reverse（冲红），付款失败时只能重新付款')
  return reverse
}

async function deductOne(bench: ConformanceBench) {
  reverseOf(bench)
  const route = await deductionRoute(bench)
  const before = await richEnough(bench, route)
  const key = bench.newKey()
  const { id } = taken(await route.take(ONE_FEN, key), route)
  return { route, before, key, reversal: { deductionId: id, amount: ONE_FEN, reason: '接入检查' } }
}
