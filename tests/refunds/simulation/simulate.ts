import { DAY_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { TestDatabase } from '../../setup/test-database.ts'
import { attempt, together } from './attempt.ts'
import { clerkActs, financeActs, resume } from './clerks.ts'
import { Dice } from './dice.ts'
import { expectEnds, letItEnd, type Summary } from './ends.ts'
import { Invariants } from './invariants.ts'
import { apply, patientActs } from './patients.ts'
import { seedIds } from './seeded-ids.ts'
import { anyServer, openWorld, startServer, type World } from './world.ts'

export interface Plan {
  readonly seed: number
  readonly cases: number
  readonly days?: number
  /** Without the gate: locks of the database are tried, too, and no run is like another. */
  readonly loose?: boolean
  readonly progress?: (text: string) => void
  /** Of its own unless told. */
  readonly made?: TestDatabase
}

export interface Report extends Required<Omit<Plan, 'progress' | 'made'>> {
  readonly steps: number
  readonly applied: number
  readonly tookMs: number
  readonly ends: Summary
}

const STEPS_A_CASE = 8
/** Where so much is refused that the cases do not come together. */
const MOST = 3
const SHOWN_STEPS = 40

/**
 * Random patients, phones, windows, WeChat, HIS and clock over some weeks. After every step the books of all three say the
 * same; at the end every leg has its end, or a person to wait for, and every fen is somewhere. Same seed, same run.
 */
export async function simulate({
  seed,
  cases,
  days = 30,
  loose = false,
  progress = () => {},
  made,
}: Plan): Promise<Report> {
  const startedMs = performance.now()
  const unseed = seedIds(new Dice(seed + 3))
  const world = await openWorld(seed, loose, made)
  const invariants = new Invariants(world)
  const steps = cases * STEPS_A_CASE
  let step = 0
  try {
    const acts = actsOf(world, cases, (days * DAY_MS) / steps)
    for (; step < steps || (world.cases.size < cases && step < MOST * steps); step++) {
      const act = world.dice.weighed(
        acts.filter(([, , may = () => true]) => may()).map(([weight, one]) => [weight, one] as const),
      )
      await act()
      await invariants.check(step % 200 === 0)
      if (step % 200 === 0)
        progress(`step ${step} of ${steps}, ${world.cases.size} cases, ${world.legs.length} open`)
    }
    world.told.push('the end')
    await letItEnd(world)
    const ends = await expectEnds(world, invariants)
    return {
      seed,
      cases,
      days,
      loose,
      steps: step,
      applied: world.cases.size,
      tookMs: Math.round(performance.now() - startedMs),
      ends,
    }
  } catch (error) {
    const last = world.told.slice(-SHOWN_STEPS).join('\n  ')
    throw new Error(
      `seed ${seed}, cases ${cases}, step ${step}: npm run simulate -- --seed ${seed} --cases ${cases} --days ${days}\n${(error as Error).message}\nlast steps:\n  ${last}`,
      { cause: error },
    )
  } finally {
    unseed()
    await world.rig.close()
  }
}

type Act = readonly [weight: number, act: () => Promise<unknown>, may?: () => boolean]

function actsOf(world: World, cases: number, stepMs: number): readonly Act[] {
  const { dice, rig, his, people, told } = world
  const run = () => attempt(() => anyServer(world).run())
  const deliver = () => world.gate.enter(() => rig.pay('deliver-due'))
  /** So that the steps together take the days. */
  const passes = 3.3
  const pass = (ms: number) => {
    told.push(`${Math.round(ms / SECOND_MS)} s pass`)
    rig.clock.advance(Math.round(ms))
  }
  return [
    [16, () => apply(world), () => world.cases.size < cases],
    [32, () => patientActs(world)],
    [7, () => clerkActs(world)],
    [4, () => financeActs(world)],
    [
      18,
      async () => {
        pass(
          dice.weighed([
            [4, dice.between(SECOND_MS, 3 * MINUTE_MS)],
            [6, passes * stepMs * (dice.below(200) / 100)],
            [1, 6 * stepMs],
          ]),
        )
        if (his.down && dice.chance(0.5)) his.down = false
        if (dice.chance(0.2)) await resume(world)
        if (dice.chance(0.7)) await deliver()
        if (dice.chance(0.9)) await run()
      },
    ],
    [5, deliver],
    // Two servers take what is due at once, while callbacks come in.
    [4, () => together(run, run, deliver)],
    [
      2,
      () =>
        together(
          run,
          () => patientActs(world),
          () => patientActs(world),
          deliver,
        ),
    ],
    // A process stands still for longer than its lease, in the middle of whatever it does.
    [
      3,
      () =>
        together(
          () => (dice.chance(0.5) ? apply(world) : patientActs(world)),
          () => patientActs(world),
          () => world.gate.enter(async () => pass(dice.between(1, 15) * MINUTE_MS)),
          run,
          run,
        ),
    ],
    [1, async () => pass(dice.chance(0.5) ? DAY_MS : 3 * 60 * MINUTE_MS)],
    [
      3,
      async () => {
        const server = anyServer(world)
        const points = dice.between(1, 12)
        told.push(`dies in ${points}`)
        server.dieIn(points, dice.chance(0.5) ? 'before' : 'after')
        await attempt(() => (dice.chance(0.5) ? server.run() : patientActs(world)))
      },
    ],
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
