import { DAY_MS, shanghaiMidnight } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { USAGE_ACTS, type UsageAct } from '../../platform/hospitals/usage-config.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import { sceneOf } from '../scene-of.ts'
import type { CountSuccesses } from '../usage-fact.ts'
import { countStored, NOTHING_STORED, type Stored } from './count-stored.ts'

export interface ActSuccesses {
  readonly act: UsageAct
  readonly count: number
}

/** One scene of one day: what happened, what we have of it, and what the platform says. */
export interface SceneCompleteness extends Stored {
  readonly scene: string
  /** What patients did in our app that counts as this scene; empty for a scene that is only pushed. */
  readonly acts: readonly ActSuccesses[]
  /** Successes of the HIS by the rooms' own records; null where no room counts for this scene. */
  readonly successes: number | null
  /** Successes without a stored event: above zero they are lost. */
  readonly gap: number | null
  /** The platform console's own number, as an operator entered it. */
  readonly platform: number | null
  /** Platform's number less our delivered. */
  readonly difference: number | null
}

export interface DayCompleteness {
  readonly day: string
  readonly scenes: readonly SceneCompleteness[]
}

/** 完整性 of one Shanghai day of one hospital. */
export function dayCompleteness(
  { database, clock, successes }: Pick<UsageDesk, 'database' | 'clock' | 'successes'>,
  hospital: UsageHospital,
  day: string,
): Promise<DayCompleteness> {
  return database.inTransaction(hospital.id, (tx) =>
    readCompleteness(tx, successes, hospital, day, clock.nowMs()),
  )
}

export async function readCompleteness(
  tx: Tx,
  counters: readonly CountSuccesses[],
  hospital: UsageHospital,
  day: string,
  nowMs: number,
): Promise<DayCompleteness> {
  const fromMs = shanghaiMidnight(day)
  // Successes first: what happens between the two questions then looks like one too many, not like a loss.
  const counted = new Map<UsageAct, number>()
  for (const count of counters)
    for (const { act, count: more } of await count(tx, { fromMs, toMs: fromMs + DAY_MS }))
      counted.set(act, (counted.get(act) ?? 0) + more)
  const stored = await countStored(tx, day, nowMs)
  const platform = await platformCounts(tx, day)
  const acts = Map.groupBy(
    USAGE_ACTS.filter((act) => sceneOf(hospital, act) !== undefined),
    (act) => sceneOf(hospital, act) ?? '',
  )
  const scenes = [...new Set([...acts.keys(), ...stored.keys(), ...platform.keys()])].sort()
  return {
    day,
    scenes: scenes.map((scene) => {
      const own = (acts.get(scene) ?? []).map((act) => ({ act, count: counted.get(act) ?? 0 }))
      const has = stored.get(scene) ?? NOTHING_STORED
      const successes = own.length === 0 ? null : own.reduce((sum, { count }) => sum + count, 0)
      const told = platform.get(scene) ?? null
      return {
        ...{ scene, acts: own, successes, ...has },
        gap: successes === null ? null : successes - has.own,
        ...{ platform: told, difference: told === null ? null : told - has.delivered },
      }
    }),
  }
}

async function platformCounts(tx: Tx, day: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ scene: string; count: number }>`
    SELECT scene, count FROM usage_platform_count WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date`.execute(
    tx.sql,
  )
  return new Map(rows.map(({ scene, count }) => [scene, count]))
}
