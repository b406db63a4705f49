import type { Outcome } from '@zhangyi/core'
import type { DepositHold } from '../../deposits.ts'
import { loseReplyOf, mustNotSayNo, wordsOf } from '../ask.ts'
import { groupOf, isHarmless } from '../ask-group.ts'
import { type ConformanceBench, type ConformanceCheck, must } from '../check.ts'
import { depositRoute, ONE_FEN, richEnough, taken } from '../refunds/refund-route.ts'
import { confirmHold, releaseHold } from './finish-hold.ts'

export const confirmWithLostReply: ConformanceCheck = {
  name: 'deposits.confirm-with-lost-reply',
  zh: '结果不明：核销的答复丢失时不说 no，重发无害，status 说 confirmed',
  because: '钱已经付出；说成 no，网关会去释放，患者就同时拿到了钱和余额。',
  run: (bench) => finishWithLostReply(bench, 'deposits.confirm', 'confirmed', confirmHold),
}

export const releaseWithLostReply: ConformanceCheck = {
  name: 'deposits.release-with-lost-reply',
  zh: '结果不明：释放的答复丢失时不说 no，重发无害，status 说 released',
  because: '说成 no，网关就以为钱还冻着，转人工处理；其实患者早已可用，白白惊动窗口。',
  run: (bench) =>
    finishWithLostReply(bench, 'deposits.release', 'released', (same, holdId, _holdKey, key) =>
      releaseHold(same, holdId, key),
    ),
}

async function finishWithLostReply(
  bench: ConformanceBench,
  operation: 'deposits.confirm' | 'deposits.release',
  state: DepositHold['state'],
  finish: (
    bench: ConformanceBench,
    holdId: string,
    holdKey: string,
    key: string,
  ) => Promise<Outcome<DepositHold>>,
): Promise<void> {
  const loseReply = loseReplyOf(bench)
  const route = await depositRoute(bench)
  const before = await richEnough(bench, route)
  const holdKey = bench.newKey()
  const hold = taken(await route.take(ONE_FEN, holdKey), route)
  const key = bench.newKey()
  await loseReply(operation)
  const first = await finish(bench, hold.id, holdKey, key)
  mustNotSayNo(first)
  const told = (await groupOf(bench, 'deposits').status(holdKey))?.state
  must(told === state, `已经办成，status 说的是 ${told}，应当是 ${state}`)
  const again = await finish(bench, hold.id, holdKey, key)
  must(isHarmless(again), `重发的答复是 ${wordsOf(again)}，应当是 yes 或 no('duplicate', …)`)
  const { refundable } = await groupOf(bench, 'balances').of(route.patid)
  const gone = state === 'confirmed' ? ONE_FEN : 0
  must(before - refundable === gone, `重发之后，可退余额少了 ${before - refundable} 分，应当少 ${gone} 分`)
}
