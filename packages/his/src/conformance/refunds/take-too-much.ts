import { fen } from '@zhangyi/core'
import { wordsOf } from '../ask.ts'
import { type ConformanceBench, must } from '../check.ts'
import { type RefundRoute, refundableOf } from './refund-route.ts'

/** One fen more than may be paid back. */
export async function takeTooMuch(bench: ConformanceBench, route: RefundRoute): Promise<void> {
  const before = await refundableOf(bench, route)
  const outcome = await route.take(fen(before + 1), bench.newKey())
  if (outcome.kind === 'yes') await route.giveBack(outcome.value)
  must(outcome.kind === 'no', `比可退余额多 1 分，答复是 ${wordsOf(outcome)}，应当是 no`)
  must((await refundableOf(bench, route)) === before, '答复了 no，可退余额却变了')
}
