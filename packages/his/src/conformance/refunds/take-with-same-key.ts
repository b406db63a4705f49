import { wordsOf } from '../ask.ts'
import { isHarmless } from '../ask-group.ts'
import { type ConformanceBench, must } from '../check.ts'
import { ONE_FEN, type RefundRoute, refundableOf, richEnough, taken } from './refund-route.ts'

/** Sends a taking twice under one key: one after the other, or at once. */
export async function takeWithSameKey(
  bench: ConformanceBench,
  route: RefundRoute,
  how: 'again' | 'at-once',
): Promise<void> {
  const before = await richEnough(bench, route)
  const key = bench.newKey()
  const take = () => route.take(ONE_FEN, key)
  const [first, second] = how === 'again' ? [await take(), await take()] : await Promise.all([take(), take()])
  const after = await refundableOf(bench, route)
  const one = taken(first.kind === 'yes' ? first : second, route)
  await route.giveBack(one)
  for (const outcome of [first, second]) {
    must(
      isHarmless(outcome),
      `同一 requestKey 的答复是 ${wordsOf(outcome)}，应当是 yes 或 no('duplicate', …)`,
    )
    must(outcome.kind !== 'yes' || outcome.value.id === one.id, '同一 requestKey 得到了两个编号')
  }
  must(before - after === ONE_FEN, `可退余额减少了 ${before - after} 分，应当只减少一次（${ONE_FEN} 分）`)
}
