import { fen, sensitive, shanghaiDay } from '@zhangyi/core'
import {
  applyAbnormalRefund,
  resumePayouts,
  setFunds,
  stopPayouts,
  topUpFunds,
} from '../../../apps/server/src/payments/index.ts'
import { giveBackLeg } from '../../../apps/server/src/refunds/console/give-back-leg.ts'
import { decideReissue, reissueLeg } from '../../../apps/server/src/refunds/console/reissue/reissue-leg.ts'
import { askWindow, decideWindow } from '../../../apps/server/src/refunds/console/window/pay-at-window.ts'
import { findLeg } from '../../../apps/server/src/refunds/legs/find-leg.ts'
import { attempt, together } from './attempt.ts'
import { anyServer, type OpenLeg, type World } from './world.ts'

const OPERATORS = ['wang', 'li', 'zhao']

/** A clerk goes through the list of what is one-sided; two of them at once know nothing of each other. */
export async function clerkActs(world: World): Promise<void> {
  const { dice } = world
  const leg = dice.of(
    world.legs.filter(({ state, payout }) => state === 'one-sided' || payout === 'needs-person'),
  )
  // Also what must not be done: a leg that is no clerk's business at all.
  const target = dice.chance(0.1) ? dice.of(world.legs) : leg
  if (!target) return
  world.told.push(`clerk ${target.id} ${target.state}/${target.payout}`)
  const [one, other] = [reissue(world, target), reissue(world, target)]
  await dice.weighed<() => Promise<unknown>>([
    [6, () => attempt(one)],
    [3, () => together(one, other)],
    [2, () => together(one, giveBack(world, target))],
    [3, () => attempt(giveBack(world, target))],
    [1, () => together(giveBack(world, target), giveBack(world, target))],
    [3, () => together(decide(world, target), decide(world, target))],
    [3, () => attempt(askAtWindow(world, target))],
    [1, () => together(askAtWindow(world, target), one)],
    [3, () => together(decideAtWindow(world, target), decideAtWindow(world, target))],
    [1, () => together(decideAtWindow(world, target), one)],
    [1, () => together(decideAtWindow(world, target), giveBack(world, target))],
    [target.route === 'original' ? 6 : 0, () => attempt(abnormal(world, target))],
  ])()
}

function by(world: World): string {
  return world.dice.of(OPERATORS) ?? ''
}

function reissue(world: World, { id: legId }: OpenLeg): () => Promise<unknown> {
  const { hospitalId } = world.rig
  return async () => {
    const asked = { legId, by: by(world), reason: '已失效，重新发起' }
    const { state } = await reissueLeg(anyServer(world).room, hospitalId, asked)
    if (state === 'waiting' && world.dice.chance(0.7)) await decide(world, { id: legId })()
  }
}

function decide(world: World, { id: legId }: Pick<OpenLeg, 'id'>): () => Promise<unknown> {
  const { hospitalId } = world.rig
  return () =>
    decideReissue(anyServer(world).room, hospitalId, {
      legId,
      by: by(world),
      agrees: world.dice.chance(0.8),
      why: '看过',
    })
}

function giveBack(world: World, { id: legId }: OpenLeg): () => Promise<unknown> {
  return () =>
    giveBackLeg(anyServer(world).room, world.rig.hospitalId, { legId, by: by(world), reason: '没有人领' })
}

/** The money is handed over, mostly by a number of its own, and somebody else may be there to agree. */
function askAtWindow(world: World, { id: legId }: Pick<OpenLeg, 'id'>): () => Promise<unknown> {
  const { dice, rig } = world
  return async () => {
    const paidOn = shanghaiDay(rig.clock.nowMs())
    const facts = { how: 'cash', voucher: `SJ-${dice.below(1_000)}`, paidOn, reason: '患者到窗口领' } as const
    await askWindow(anyServer(world).room, rig.hospitalId, { legId, by: by(world), ...facts })
    if (dice.chance(0.5)) await decideAtWindow(world, { id: legId })()
  }
}

function decideAtWindow(world: World, { id: legId }: Pick<OpenLeg, 'id'>): () => Promise<unknown> {
  return () =>
    decideWindow(anyServer(world).room, world.rig.hospitalId, {
      ...{ legId, by: by(world), agrees: world.dice.chance(0.7) },
    })
}

function abnormal(world: World, { id }: OpenLeg): () => Promise<unknown> {
  const { rig } = world
  return async () => {
    const leg = await rig.inTx((tx) => findLeg(tx, id))
    const card = { bankAccount: sensitive('6222020000001234'), realName: sensitive('欧阳文') }
    const to = { type: 'USER_BANK_CARD', bankType: 'ICBC_DEBIT', ...card } as const
    if (leg?.payout_id == null) return
    await applyAbnormalRefund(anyServer(world).room, rig.hospitalId, leg.payout_id, to)
  }
}

/** Finance: money comes into the operation account, and somebody may write it down; the switch goes off and on. */
export async function financeActs(world: World): Promise<void> {
  const { dice, rig } = world
  const room = () => anyServer(world).room
  const amountFen = dice.between(10_000, 3_000_000)
  const what = dice.weighed<readonly [string, () => Promise<unknown>]>([
    [
      6,
      [
        'top-up',
        async () => {
          await rig.pay('top-up', { account: 'OPERATION', amountFen })
          if (dice.chance(0.7))
            await rig.inTx((tx) => topUpFunds(tx, room(), { amountFen: fen(amountFen) }, 'operator:wang'))
        },
      ],
    ],
    [3, ['dry', () => rig.pay('set-balance', { account: 'OPERATION', amountFen: dice.between(0, 3_000) })]],
    [
      2,
      [
        'figure',
        async () => {
          const balanceFen = fen((await rig.pay<{ OPERATION: number }>('accounts')).OPERATION)
          const figure = { balanceFen, asOfMs: rig.clock.nowMs(), source: 'operator' } as const
          await rig.inTx((tx) => setFunds(tx, room(), figure, 'operator:wang'))
        },
      ],
    ],
    [1, ['stop', () => rig.inTx((tx) => stopPayouts(tx, room(), { by: 'operator:wang', reason: '检查' }))]],
    [2, ['resume', () => resume(world)]],
    [
      1,
      [
        'not-enough',
        () => rig.pay('settings', { whenNotEnough: dice.of(['refuse', 'accept', 'processing']) }),
      ],
    ],
    [1, ['close-lag', () => rig.pay('settings', { closeLagMs: dice.of([0, 48 * 60_000, 3 * 3_600_000]) })]],
    [1, ['balance-api', () => rig.pay('settings', { balanceApi: dice.chance(0.5) })]],
    [1, ['keys', () => rig.pay('key-switchover', { publicKeyShare: dice.of([0, 0.5, 1]) })]],
    [
      1,
      [
        'basic',
        () => rig.pay('set-balance', { account: 'BASIC', amountFen: dice.chance(0.3) ? 100 : 100_000_000 }),
      ],
    ],
  ])
  world.told.push(`finance ${what[0]}`)
  await what[1]()
}

export function resume(world: World): Promise<void> {
  return world.rig.inTx((tx) =>
    resumePayouts(tx, anyServer(world).room, { by: 'operator:wang', reason: '已经查清' }),
  )
}
