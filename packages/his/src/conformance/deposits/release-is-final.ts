import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { depositRoute, ONE_FEN, richEnough, taken } from '../refunds/refund-route.ts'
import { confirmHold } from './finish-hold.ts'

export const releaseIsFinal: ConformanceCheck = {
  name: 'deposits.release-is-final',
  zh: '预交金：释放之后不能再核销',
  because: '释放的钱患者可能已经花掉；这时再核销，账上就成了负数，或扣了别的钱。',
  run: async (bench) => {
    const route = await depositRoute(bench)
    const balances = groupOf(bench, 'balances')
    await richEnough(bench, route)
    const before = await balances.of(route.patid)
    const key = bench.newKey()
    const hold = taken(await route.take(ONE_FEN, key), route)
    await route.giveBack(hold)
    const confirmed = await confirmHold(bench, hold.id, key, bench.newKey())
    must(confirmed.kind === 'no', `释放之后再核销，答复是 ${wordsOf(confirmed)}，应当是 no`)
    must((await balances.of(route.patid)).total === before.total, '释放之后再核销，总额变了')
  },
}
