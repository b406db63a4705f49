import { DAY_MS } from '@zhangyi/core'
import type { TestDatabase } from '../../setup/test-database.ts'
import { Dice } from './dice.ts'
import { expectEnds, letItEnd, type Summary } from './ends.ts'
import { Invariants } from './invariants.ts'
import { SCENARIOS, type ScenarioName } from './scenarios.ts'
import { seedIds } from './seeded-ids.ts'
import type { WireSummary } from './wire.ts'
import { openWorld } from './world.ts'

export interface Plan {
  readonly seed: number
  readonly cases: number
  readonly scenario?: ScenarioName
  /** The scenario's own unless told. */
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
  readonly wire: WireSummary
  /** Numbers that WeChat refused and accepted, a sending of which nobody answered. */
  readonly refusedAndAccepted: number
}

const STEPS_A_CASE = 8
/** Where so much is refused that the cases do not come together. */
const MOST = 3
const SHOWN_STEPS = 40

/**
 * Random patients, phones, windows, WeChat, HIS and clock. After every step the books of all three say the same, and
 * nothing waits for nobody; at the end every leg has its end, or a person to wait for, and every fen is somewhere. Same
 * seed, same run.
 */
export async function simulate({
  seed,
  cases,
  scenario = 'everyday',
  days = SCENARIOS[scenario].days,
  loose = false,
  progress = () => {},
  made,
}: Plan): Promise<Report> {
  const startedMs = performance.now()
  const unseed = seedIds(new Dice(seed + 3))
  const course = SCENARIOS[scenario]
  const world = await openWorld({ seed, loose, scenario: course, made })
  const invariants = new Invariants(world)
  const steps = cases * STEPS_A_CASE
  let step = 0
  try {
    const acts = course.acts(world, { cases, stepMs: (days * DAY_MS) / steps })
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
    await letItEnd(world, invariants)
    const ends = await expectEnds(world, invariants)
    const { wire } = world
    return {
      ...{ scenario, seed, cases, days, loose, steps: step, applied: world.cases.size },
      tookMs: Math.round(performance.now() - startedMs),
      ...{ ends, wire: wire.summary },
      refusedAndAccepted: wire.lostAndRefused.filter((number) => invariants.wechat.state(number)).length,
    }
  } catch (error) {
    const last = world.told.slice(-SHOWN_STEPS).join('\n  ')
    throw new Error(
      `seed ${seed}, cases ${cases}, step ${step}: npm run simulate -- --scenario ${scenario} --seed ${seed} --cases ${cases} --days ${days}\n${(error as Error).message}\nlast steps:\n  ${last}`,
      { cause: error },
    )
  } finally {
    unseed()
    await world.rig.close()
  }
}
