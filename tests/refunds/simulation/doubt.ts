import { fen, SECOND_MS } from '@zhangyi/core'
import { topUpFunds } from '../../../apps/server/src/payments/index.ts'
import { together } from './attempt.ts'
import { clerkActs } from './clerks.ts'
import { doubtFaults, LATE_MS } from './faults.ts'
import { deliver, dies, pass, run } from './moments.ts'
import { apply, patientActs } from './patients.ts'
import type { Act, Course, Scenario } from './scenarios.ts'
import { anyServer, type World } from './world.ts'

const PLENTY_FEN = 10_000_000

/**
 * An hour or two in which nobody knows what became of a sending: it goes without an answer and arrives minutes later, and
 * meanwhile the same number is sent again, refused for want of funds or for good, and the accounts are filled again. So
 * WeChat refuses and accepts the same number, in either order.
 */
export const DOUBT: Scenario = {
  zh: '发出去的没有答复，几分钟后才到；其间账户时空时满，同一个单号被拒、又被受理',
  days: 1,
  faults: doubtFaults,
  // Nobody knows the balance before WeChat refuses.
  begin: ({ rig }) => rig.pay('settings', { balanceApi: false }),
  acts: doubtActs,
}

function doubtActs(world: World, { cases }: Course): readonly Act[] {
  const { dice, gate } = world
  const runs = () => run(world)
  const delivers = () => deliver(world)
  const moment = () => pass(world, dice.between(5, 45) * SECOND_MS)
  return [
    [14, () => applyInDoubt(world), () => world.cases.size < cases],
    [
      26,
      async () => {
        moment()
        if (dice.chance(0.3)) await delivers()
        await runs()
      },
    ],
    [
      8,
      async () => {
        const account = dice.of<Account>(['OPERATION', 'OPERATION', 'BASIC']) ?? 'BASIC'
        await ((await isDry(world, account)) ? fill : drain)(world, account)
      },
    ],
    [10, () => patientActs(world)],
    [1, () => clerkActs(world)],
    [2, () => together(runs, runs, delivers)],
    [
      2,
      () =>
        together(
          runs,
          () => patientActs(world),
          () => gate.enter(async () => moment()),
          () => patientActs(world),
        ),
    ],
    [1, () => dies(world, () => patientActs(world))],
  ]
}

type Account = 'OPERATION' | 'BASIC'

async function isDry({ rig }: World, account: Account): Promise<boolean> {
  return (await rig.pay<Record<Account, number>>('accounts'))[account] < PLENTY_FEN / 2
}

/** A few fen are left. WeChat refuses what it has no money for, or takes the number and waits. */
async function drain({ dice, rig, told }: World, account: Account): Promise<void> {
  told.push(`${account} is dry`)
  await rig.pay('set-balance', { account, amountFen: dice.between(0, 500) })
  await rig.pay('settings', { whenNotEnough: dice.chance(0.9) ? 'refuse' : 'accept' })
}

/** Mostly somebody writes it down. */
async function fill(world: World, account: Account): Promise<void> {
  const { dice, rig, told } = world
  told.push(`${account} is filled`)
  await rig.pay('set-balance', { account, amountFen: PLENTY_FEN })
  if (account === 'OPERATION' && dice.chance(0.9))
    await rig.inTx((tx) =>
      topUpFunds(tx, anyServer(world).room, { amountFen: fen(PLENTY_FEN) }, 'operator:wang'),
    )
}

/** There is money when somebody applies; then it is gone, while the first sending is still on its way. */
async function applyInDoubt(world: World): Promise<void> {
  const { dice, rig } = world
  const [account, operation] = dice.weighed<readonly [Account, string]>([
    [3, ['OPERATION', 'create-transfer']],
    [1, ['BASIC', 'create-refund']],
  ])
  if ((await isDry(world, account)) && dice.chance(0.8)) await fill(world, account)
  if (dice.chance(0.6)) rig.fault('arrives-late', operation, { delayMs: dice.of(LATE_MS) })
  await apply(world)
  if (dice.chance(0.6)) await drain(world, account)
}
