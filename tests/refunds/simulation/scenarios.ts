import { DOUBT } from './doubt.ts'
import { EVERYDAY } from './everyday.ts'
import type { OrderedFault } from './faults.ts'
import type { World } from './world.ts'

export interface Course {
  readonly cases: number
  /** So that the steps together take the days. */
  readonly stepMs: number
}

export type Act = readonly [weight: number, act: () => Promise<unknown>, may?: () => boolean]

/** What happens by chance, and how often. */
export interface Scenario {
  /** For people, in one line. */
  readonly zh: string
  readonly days: number
  readonly faults: (seed: number) => readonly OrderedFault[]
  readonly begin?: (world: World) => Promise<unknown>
  readonly acts: (world: World, course: Course) => readonly Act[]
}

export const SCENARIOS = { everyday: EVERYDAY, doubt: DOUBT } satisfies Readonly<Record<string, Scenario>>
export type ScenarioName = keyof typeof SCENARIOS
