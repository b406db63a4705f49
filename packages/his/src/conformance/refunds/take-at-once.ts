import { fen } from '@zhangyi/core'
import { type ConformanceBench, must, NotOffered } from '../check.ts'
import { type RefundRoute, richEnough } from './refund-route.ts'

/** Two takings at once, each of more than half: there is money for one of them. */
export async function takeAtOnce(bench: ConformanceBench, route: RefundRoute): Promise<void> {
  if (!route.undoable) throw new NotOffered('没有 reverse，这一项会真的扣掉样本的一半余额，请手工核对')
  const amount = fen(Math.floor((await richEnough(bench, route)) / 2) + 1)
  const outcomes = await Promise.all([route.take(amount, bench.newKey()), route.take(amount, bench.newKey())])
  const done = outcomes.flatMap((outcome) => (outcome.kind === 'yes' ? [outcome.value] : []))
  for (const one of done) await route.giveBack(one)
  must(done.length < 2, `余额只够一笔，同时发出的两笔 ${route.verb} 都答复 yes`)
  must(done.length === 1, `余额够一笔，同时发出的两笔 ${route.verb} 没有一笔答复 yes`)
}
