import { isEnd } from '../../../apps/server/src/refunds/legs/leg-states.ts'
import { type BookedLeg, readBooks } from './books.ts'
import { judgeHis } from './judge-his.ts'
import { judgeJournal, judgeLeg } from './judge-leg.ts'
import { LogReader } from './judge-logs.ts'
import { judgeWire } from './judge-wire.ts'
import { Overdue } from './overdue.ts'
import { readUnfinished } from './unfinished.ts'
import { WechatBooks } from './wechat-books.ts'
import type { World } from './world.ts'

/** What must hold after every step: WeChat's books, the HIS's and ours say the same, and nothing waits for nobody. */
export class Invariants {
  readonly wechat: WechatBooks
  readonly #world: World
  readonly #logs: LogReader
  readonly #overdue: Overdue
  #sinceMs = 0

  constructor(world: World) {
    this.#world = world
    this.wechat = new WechatBooks(world.rig)
    this.#logs = new LogReader(world)
    this.#overdue = new Overdue(world)
  }

  /** Throws with everything that is wrong. Looks at what changed since the last time, or at `all`. */
  async check(all = false): Promise<readonly BookedLeg[]> {
    const { rig, his, wire } = this.#world
    const nowMs = rig.clock.nowMs()
    await his.settle()
    await this.wechat.read()
    const sinceMs = all ? 0 : this.#sinceMs
    const [legs, unfinished] = await rig.inTx(async (tx) => [
      await readBooks(tx, sinceMs),
      await readUnfinished(tx),
    ])
    this.#sinceMs = nowMs
    const wrong = this.#logs.judge(this.#world).slice()
    for (const leg of legs)
      for (const problem of [...judgeLeg(leg, this.wechat), ...judgeWire(leg, this.wechat, wire)])
        wrong.push(`leg ${leg.id}: ${problem}`)
    for (const [id, own] of Map.groupBy(legs, ({ case_id }) => case_id))
      for (const problem of judgeJournal(own)) wrong.push(`case ${id}: ${problem}`)
    for (const [patid, own] of Map.groupBy(legs, (leg) => leg.patid))
      wrong.push(...judgeHis(rig.his(), patid, own))
    wrong.push(...this.#overdue.judge(unfinished))
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    this.#show(legs)
    return legs
  }

  /** What the next steps choose from. */
  #show(legs: readonly BookedLeg[]): void {
    const { byUser, cases } = this.#world
    for (const { case_id } of legs) cases.add(case_id)
    this.#world.legs = legs.flatMap((leg) => {
      const whose = byUser.get(leg.user_id)
      if (!whose || isEnd(leg.state)) return []
      const { id, case_id, state, route, amount_fen, payout, numbers } = leg
      return [
        { ...whose, id, case_id, state, route, amount_fen, payout, number: numbers?.at(-1)?.number ?? null },
      ]
    })
  }
}
