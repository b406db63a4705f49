import { loseReplyOf, mustNotDeny, mustNotSayNo } from '../ask.ts'
import { type ConformanceBench, must } from '../check.ts'
import { ONE_FEN, type RefundRoute, refundableOf, richEnough } from './refund-route.ts'

/** The taking is carried out, its answer is lost: a query must tell. */
export async function takeWithLostReply(
  bench: ConformanceBench,
  route: RefundRoute,
  operation: 'deposits.hold' | 'deductions.deduct',
): Promise<void> {
  const loseReply = loseReplyOf(bench)
  const before = await richEnough(bench, route)
  const key = bench.newKey()
  await loseReply(operation)
  const outcome = await route.take(ONE_FEN, key)
  const found = await route.status(key)
  const after = await refundableOf(bench, route)
  if (found) await route.giveBack(found)
  const status = operation === 'deposits.hold' ? 'deposits.status' : 'deductions.status'
  await mustNotDeny(bench, status, () => route.status(key))
  mustNotSayNo(outcome)
  must(before - after === ONE_FEN, `可退余额减少了 ${before - after} 分，应当是 ${ONE_FEN} 分`)
  must(found !== undefined, '已经办成，status 却说没有收到过')
  must(found.amount === ONE_FEN && found.patid === route.patid, 'status 的金额或 patid 与请求不同')
}
