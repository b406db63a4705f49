import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { depositRoute, ONE_FEN, richEnough, taken } from '../refunds/refund-route.ts'
import { confirmHold, releaseHold } from './finish-hold.ts'

export const confirmIsFinal: ConformanceCheck = {
  name: 'deposits.confirm-is-final',
  zh: '预交金：核销扣减总额、只扣一次，之后不能再释放',
  because: '钱已经到了患者手里；核销之后还能释放，余额就又回来了，患者可以再退一次。',
  run: async (bench) => {
    const route = await depositRoute(bench)
    const balances = groupOf(bench, 'balances')
    await richEnough(bench, route)
    const before = await balances.of(route.patid)
    let [key, confirmKey] = [bench.newKey(), bench.newKey()]
    let hold = taken(await route.take(ONE_FEN, key), route)
    const [paid, freed] = await Promise.all([
      confirmHold(bench, hold.id, key, confirmKey),
      releaseHold(bench, hold.id, bench.newKey()),
    ])
    must(
      paid.kind !== 'yes' || freed.kind !== 'yes',
      '同时核销和释放同一笔冻结，两个都答复 yes，应当只成一个',
    )
    if (freed.kind === 'yes') {
      // The release came first, which is as good; the rest is about a confirmed one.
      ;[key, confirmKey] = [bench.newKey(), bench.newKey()]
      hold = taken(await route.take(ONE_FEN, key), route)
    }
    for (const one of [confirmKey, confirmKey, bench.newKey()]) {
      const outcome = await confirmHold(bench, hold.id, key, one)
      const expected = outcome.kind === 'yes' && outcome.value.state === 'confirmed'
      must(
        expected || (outcome.kind === 'no' && outcome.code === 'duplicate'),
        `核销的答复是 ${wordsOf(outcome)}，应当是 yes（confirmed）；重复核销同一笔应当无害`,
      )
    }
    const released = await releaseHold(bench, hold.id, bench.newKey())
    must(released.kind === 'no', `核销之后再释放，答复是 ${wordsOf(released)}，应当是 no`)
    const after = await balances.of(route.patid)
    must(before.total - after.total === ONE_FEN, `核销 1 分，总额减少了 ${before.total - after.total} 分`)
    must(before.refundable - after.refundable === ONE_FEN, '核销之后，可退余额不是少 1 分')
    const state = (await groupOf(bench, 'deposits').status(key))?.state
    must(state === 'confirmed', `核销之后 status 说的是 ${state}，应当是 confirmed`)
  },
}
