import { fen } from '@zhangyi/core'
import { wordsOf } from '../ask.ts'
import { type ConformanceBench, must } from '../check.ts'
import { ONE_FEN, type RefundRoute, refundableOf, richEnough, taken } from './refund-route.ts'

/** A used key with another amount: a mistake of ours, which must not move money. */
export async function takeWithReusedKey(bench: ConformanceBench, route: RefundRoute): Promise<void> {
  const before = await richEnough(bench, route)
  const key = bench.newKey()
  const first = taken(await route.take(ONE_FEN, key), route)
  const other = await route.take(fen(2), key)
  const after = await refundableOf(bench, route)
  await route.giveBack(first)
  if (other.kind === 'yes' && other.value.id !== first.id) await route.giveBack(other.value)
  must(
    other.kind === 'no' && ['key-reused', 'duplicate'].includes(other.code),
    `同一 requestKey、不同金额，答复是 ${wordsOf(other)}，应当是 no('key-reused', …)`,
  )
  must(before - after === ONE_FEN, `可退余额减少了 ${before - after} 分，应当只有第一次的 ${ONE_FEN} 分`)
}
