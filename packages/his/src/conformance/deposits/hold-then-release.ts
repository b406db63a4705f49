import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { depositRoute, ONE_FEN, richEnough, taken } from '../refunds/refund-route.ts'

export const holdThenRelease: ConformanceCheck = {
  name: 'deposits.hold-then-release',
  zh: '预交金：冻结之后可用和可退减少、总额不变，释放之后复原',
  because: '冻结的钱患者还能花掉，退款付出之后账上就不够扣；释放不复原，患者的钱就凭空少了。',
  run: async (bench) => {
    const route = await depositRoute(bench)
    const balances = groupOf(bench, 'balances')
    await richEnough(bench, route)
    const before = await balances.of(route.patid)
    const key = bench.newKey()
    const hold = taken(await route.take(ONE_FEN, key), route)
    const during = await balances.of(route.patid)
    await route.giveBack(hold)
    const after = await balances.of(route.patid)
    must(hold.amount === ONE_FEN && hold.patid === route.patid, 'hold 的答复里金额或 patid 与请求不同')
    must(during.total === before.total, '冻结改变了总额')
    must(before.available - during.available === ONE_FEN, '冻结 1 分，可用余额没有减少 1 分')
    must(before.refundable - during.refundable === ONE_FEN, '冻结 1 分，可退余额没有减少 1 分')
    must(
      after.total === before.total &&
        after.available === before.available &&
        after.refundable === before.refundable,
      '释放之后余额没有复原',
    )
    const again = await groupOf(bench, 'deposits').release(
      { holdId: hold.id, amount: ONE_FEN, reason: '接入检查' },
      bench.newKey(),
    )
    must(again.kind !== 'unknown', `再次释放的答复是 ${wordsOf(again)}`)
    must((await balances.of(route.patid)).refundable === before.refundable, '再次释放又加了一次余额')
  },
}
