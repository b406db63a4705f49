import { DAY_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { together } from './attempt.ts'
import { clerkActs, financeActs, resume } from './clerks.ts'
import { everydayFaults } from './faults.ts'
import { deliver, dies, pass, run } from './moments.ts'
import { apply, patientActs, readyToApply } from './patients.ts'
import type { Act, Course, Scenario } from './scenarios.ts'
import { SKEWS_MS } from './skewed-clock.ts'
import { startServer, type World } from './world.ts'

/** Patients, phones, windows, clerks, WeChat, HIS and clock over some weeks. */
export const EVERYDAY: Scenario = { zh: '什么都会发生', days: 30, faults: everydayFaults, acts: everydayActs }

function everydayActs(world: World, { cases, stepMs }: Course): readonly Act[] {
  const { dice, his, people, told } = world
  const runs = () => run(world)
  const delivers = () => deliver(world)
  /** So that the steps together take the days. */
  const passes = 3.3
  return [
    [16, () => apply(world), () => world.cases.size < cases],
    [32, () => patientActs(world)],
    [7, () => clerkActs(world)],
    [4, () => financeActs(world)],
    [
      18,
      async () => {
        pass(
          world,
          dice.weighed([
            [4, dice.between(SECOND_MS, 3 * MINUTE_MS)],
            [6, passes * stepMs * (dice.below(200) / 100)],
            [1, 6 * stepMs],
          ]),
        )
        if (his.down && dice.chance(0.5)) his.down = false
        if (dice.chance(0.2)) await resume(world)
        if (dice.chance(0.7)) await delivers()
        if (dice.chance(0.9)) await runs()
      },
    ],
    [5, delivers],
    // Two servers take what is due at once, while callbacks come in.
    [4, () => together(runs, runs, delivers)],
    [
      2,
      () =>
        together(
          runs,
          () => patientActs(world),
          () => patientActs(world),
          delivers,
        ),
    ],
    // A process stands still for longer than its lease, in the middle of whatever it does.
    [
      3,
      async () => {
        const first = dice.chance(0.5) ? await readyToApply(world) : () => patientActs(world)
        const stands = dice.between(1, 15) * MINUTE_MS
        await together(
          first,
          () => patientActs(world),
          () => world.gate.enter(async () => pass(world, stands)),
          runs,
          runs,
        )
      },
    ],
    [1, async () => pass(world, dice.chance(0.5) ? DAY_MS : 3 * 60 * MINUTE_MS)],
    [3, () => dies(world, () => patientActs(world))],
    [2, async () => clockJumps(world)],
    [1, async () => void world.servers.splice(dice.below(2), 1, startServer(world))],
    [
      2,
      async () => {
        his.down = !his.down && dice.chance(0.4)
        told.push(`HIS ${his.down ? 'down' : 'up'}`)
      },
    ],
    [
      3,
      async () => {
        const person = dice.of(people)
        if (person) atTheWindow(world, person)
      },
    ],
  ]
}

/** Of one machine, either way; or it is set right again. */
function clockJumps({ dice, servers, told }: World): void {
  const server = dice.of(servers)
  if (!server) return
  server.clock.skewMs = server.clock.skewMs === 0 ? (dice.of(SKEWS_MS) ?? 0) : 0
  told.push(`clock of a server ${server.clock.skewMs / SECOND_MS} s ahead`)
}

/** Money is paid in, or a visit keeps some back, while a refund is under way. */
function atTheWindow({ dice, rig, told }: World, person: World['people'][number]): void {
  told.push(`window ${person.patid}`)
  const amount = dice.between(1, 5_000) as never
  if (dice.chance(0.6)) {
    rig.his().charge(person.patid, { amount, channel: 'cash' })
    person.chargedFen += amount
  } else {
    const lock = rig.his().lockAmount(person.patid, { amount, reason: '有未结算的就诊' })
    if (dice.chance(0.7)) rig.his().unlockAmount(lock)
  }
}
