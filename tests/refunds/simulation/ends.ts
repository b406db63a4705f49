import { DAY_MS, fen, HOUR_MS, shanghaiDay } from '@zhangyi/core'
import { resumePayouts, topUpFunds } from '../../../apps/server/src/payments/index.ts'
import { askWindow, decideWindow } from '../../../apps/server/src/refunds/console/window/pay-at-window.ts'
import { canRelease } from '../../../apps/server/src/refunds/legs/ask-his.ts'
import { findLeg } from '../../../apps/server/src/refunds/legs/find-leg.ts'
import { isEnd } from '../../../apps/server/src/refunds/legs/leg-states.ts'
import { attempt } from './attempt.ts'
import { type BookedLeg, readBooks } from './books.ts'
import { mend } from './faults.ts'
import type { Invariants } from './invariants.ts'
import type { Server } from './server.ts'
import { startServer, type World } from './world.ts'

const PLENTY_FEN = 1_000_000_000
const MAX_HOURS = 250

/** Everything is mended and time passes: nobody acts any more, and whatever can end by itself does. */
export async function letItEnd(world: World, invariants: Invariants): Promise<void> {
  const { rig, his } = world
  const server = startServer(world)
  const { room } = server
  mend(rig)
  Object.assign(his, { faulty: false, down: false })
  await rig.pay('settings', { whenNotEnough: 'refuse', closeLagMs: HOUR_MS })
  for (const account of ['OPERATION', 'BASIC'])
    await rig.pay('set-balance', { account, amountFen: PLENTY_FEN })
  await rig.inTx((tx) => resumePayouts(tx, room, { by: 'operator:wang', reason: '已经查清' }))
  await rig.inTx((tx) => topUpFunds(tx, room, { amountFen: fen(PLENTY_FEN) }, 'operator:wang'))
  const pass = async (untilMs: number, stepMs: number) => {
    for (let passed = 0; passed < untilMs; passed += stepMs) {
      rig.clock.advance(stepMs)
      await rig.pay('deliver-due')
      await server.run()
      await invariants.check()
    }
  }
  await pass(30 * HOUR_MS, 2 * HOUR_MS)
  await pass(9 * DAY_MS, DAY_MS / 2)
  // A refund of which nobody can say whether it exists is asked for two hundred times before a person has to look.
  for (let hours = 0; hours < MAX_HOURS && (await isUnsettled(world)); hours++) await pass(HOUR_MS, HOUR_MS)
  await handOver(world, server)
  await invariants.check()
}

/** What is one-sided and what the HIS cannot take back comes to its end at the window, whatever came before. */
export async function handOver({ rig }: World, { room }: Server): Promise<void> {
  const { hospitalId } = rig
  const legs = await rig.inTx((tx) => readBooks(tx, 0))
  const paidOn = shanghaiDay(rig.clock.nowMs())
  for (const leg of legs) {
    if (leg.state !== 'one-sided' || canRelease(room, hospitalId, leg)) continue
    const facts = { how: 'cash', voucher: leg.id, paidOn, reason: '患者到窗口领' } as const
    await attempt(() => askWindow(room, hospitalId, { legId: leg.id, by: 'wang', ...facts }))
    // Somebody may have asked before; one of the two is another.
    for (const by of ['li', 'zhao'])
      await attempt(() => decideWindow(room, hospitalId, { legId: leg.id, by, agrees: true }))
    const after = await rig.inTx((tx) => findLeg(tx, leg.id))
    if (after?.state !== 'settled-at-window') throw new Error(`leg ${leg.id} does not end at the window`)
  }
}

async function isUnsettled({ rig }: World): Promise<boolean> {
  const open = await rig.inTx((tx) => readBooks(tx, rig.clock.nowMs() + 1))
  return open.some((leg) => !isEnd(leg.state) && !waitsForPerson(leg))
}

/** Every leg has its end or waits for a person, and every fen of every patient is where the books say. */
export async function expectEnds(world: World, invariants: Invariants): Promise<Summary> {
  const { rig, people } = world
  const legs = await invariants.check(true)
  const { wechat } = invariants
  const wrong: string[] = []
  for (const leg of legs)
    if (!isEnd(leg.state) && !waitsForPerson(leg))
      wrong.push(`leg ${leg.id} never ended: ${JSON.stringify(leg)}`)
  const ours = new Set(legs.flatMap(({ numbers }) => (numbers ?? []).map(({ number }) => number)))
  for (const number of wechat.paidNumbers)
    if (!ours.has(number)) wrong.push(`paid under ${number}, which nobody knows`)
  for (const { patid, chargedFen } of people) {
    const own = legs.filter((leg) => leg.patid === patid)
    const paid = own.flatMap(({ numbers }) =>
      [...new Set((numbers ?? []).map(({ number }) => number))].flatMap((number) => wechat.paid(number)),
    )
    // What was taken out and waits for a person, or was handed over at the window, is no longer in the balance.
    const transit = own
      .filter(
        ({ his_mode, state }) => his_mode === 'deduct' && (!isEnd(state) || state === 'settled-at-window'),
      )
      .map(({ amount_fen }) => amount_fen)
    const sum = [rig.his().balanceOf(patid).total, ...paid, ...transit].reduce<number>(
      (total, one) => total + one,
      0,
    )
    if (sum !== chargedFen) wrong.push(`${patid} had ${chargedFen} and has ${sum}: ${JSON.stringify(own)}`)
  }
  const { violations } = await rig.prove()
  wrong.push(...violations.map((one) => JSON.stringify(one)))
  const journal = Object.values(await rig.balances()).reduce((total, one) => total + one, 0)
  if (journal !== 0) wrong.push(`the journal sums to ${journal}`)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return summary(legs)
}

function waitsForPerson({ state, payout, task_ms }: BookedLeg): boolean {
  return (state === 'one-sided' && task_ms !== null) || (state === 'paying' && payout === 'needs-person')
}

export type Summary = Readonly<Record<string, number>>

function summary(legs: readonly BookedLeg[]): Summary {
  return Object.fromEntries(
    [...Map.groupBy(legs, ({ state }) => state)].map(([state, own]) => [state, own.length]),
  )
}
