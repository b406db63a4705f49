import { groupOf } from '../ask-group.ts'
import { type ConformanceBench, type ConformanceCheck, must } from '../check.ts'
import { depositRoute, ONE_FEN, taken } from '../refunds/refund-route.ts'

export const statusOfHold: ConformanceCheck = {
  name: 'deposits.status-of-hold',
  zh: '预交金：status 按冻结的 requestKey 说出编号、金额和现在的状态',
  because: '网关在每一步之后都可能断线，重新起来只信 status；它说错，网关就会重复付款或漏掉核销。',
  run: async (bench) => {
    const route = await depositRoute(bench)
    const key = bench.newKey()
    const hold = taken(await route.take(ONE_FEN, key), route)
    const held = await stateOf(bench, key, hold.id)
    await route.giveBack(hold)
    const released = await stateOf(bench, key, hold.id)
    must(held === 'held', `冻结之后 status 说的是 ${held}，应当是 held`)
    must(released === 'released', `释放之后 status 说的是 ${released}，应当是 released`)
  },
}

/** The state that `status` tells, after it was held to the hold's own number and amount. */
async function stateOf(bench: ConformanceBench, key: string, holdId: string): Promise<string> {
  const hold = await groupOf(bench, 'deposits').status(key)
  must(hold !== undefined, '冻结之后 status 说没有收到过')
  must(hold.holdId === holdId && hold.amount === ONE_FEN, 'status 的编号或金额与 hold 的答复不同')
  return hold.state
}
