import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { giveBackLeg } from '../../../apps/server/src/refunds/console/give-back-leg.ts'
import type { TestDatabase } from '../../setup/test-database.ts'
import { openRefunds } from '../refunds-rig.ts'
import { attempt } from './attempt.ts'
import { newTrip, type Scenario, type Trip } from './crash-scenarios.ts'
import { expectEnds, handOver } from './ends.ts'
import { Invariants } from './invariants.ts'
import { startServer, type World, worldOf } from './world.ts'

export interface CrashReport {
  readonly scenario: string
  readonly points: number
  readonly tried: number
}

/**
 * The process dies before and after every `every`th transaction and outside call of a trip, a new one takes over on the
 * same database, time passes: nothing is lost, nothing is paid twice, and the trip comes to its end.
 */
export async function tryCrashPoints(
  scenario: Scenario,
  every = 1,
  made?: TestDatabase,
): Promise<CrashReport> {
  const rig = await openRefunds({ his: scenario.his, ...(made && { made }) })
  try {
    const world = worldOf(rig, 1)
    // Nothing happens by chance.
    world.his.faulty = false
    const invariants = new Invariants(world)
    const points = await countPoints(world, invariants, scenario)
    let tried = 0
    for (let point = 1; point <= points; point += every)
      for (const when of ['before', 'after'] as const) {
        try {
          await crashAt(world, invariants, scenario, { point, when })
        } catch (error) {
          throw new Error(
            `${scenario.name}: killed ${when} point ${point} of ${points}\n${(error as Error).message}`,
            {
              cause: error,
            },
          )
        }
        tried += 1
      }
    return { scenario: scenario.name, points, tried }
  } finally {
    await rig.close()
  }
}

async function begin(world: World): Promise<Trip> {
  const { rig, people, byUser } = world
  for (const account of ['OPERATION', 'BASIC'])
    await rig.pay('set-balance', { account, amountFen: 1_000_000_000 })
  await rig.pay('settings', { balanceApi: true })
  const trip = await newTrip(rig, startServer(world))
  people.push(trip.person)
  byUser.set(trip.phone.session.userId, trip)
  return trip
}

async function countPoints(world: World, invariants: Invariants, { steps }: Scenario): Promise<number> {
  const trip = await begin(world)
  for (const step of steps) await step(trip)
  const { points } = trip.server
  await comeToEnd(world, invariants, trip)
  return points
}

async function crashAt(
  world: World,
  invariants: Invariants,
  { steps }: Scenario,
  { point, when }: { readonly point: number; readonly when: 'before' | 'after' },
): Promise<void> {
  const trip = await begin(world)
  trip.server.dieIn(point, when)
  for (const step of steps) {
    await attempt(() => step(trip))
    await invariants.check()
    if (trip.server.isDead) break
  }
  // What a killed process leaves behind, and a start.
  const server = startServer(world)
  await comeToEnd(world, invariants, { ...trip, server })
}

/** Time passes; the patient and a clerk do what is left to do. */
async function comeToEnd(world: World, invariants: Invariants, trip: Trip): Promise<void> {
  const { rig } = world
  const { server } = trip
  for (const account of ['OPERATION', 'BASIC'])
    await rig.pay('set-balance', { account, amountFen: 1_000_000_000 })
  const pass = async (ms: number) => {
    rig.clock.advance(ms)
    await rig.pay('deliver-due')
    await server.run()
    await invariants.check()
  }
  for (let minutes = 0; minutes < 10; minutes += 2) await pass(2 * MINUTE_MS)
  // Whatever still waits for its patient lapses, expires, is given back by a clerk, or is paid at the window.
  for (let rounds = 0; rounds < 4 && world.legs.length > 0; rounds++) {
    await pass(26 * HOUR_MS)
    for (const leg of world.legs) await attempt(() => giveUp(world, trip, leg.id))
    await handOver(world, server)
    await pass(5 * MINUTE_MS)
  }
  await pass(DAY_MS)
  if (world.legs.length > 0)
    throw new Error(
      `never ended: ${JSON.stringify(world.legs.map(({ id, state, payout }) => [id, state, payout]))}`,
    )
  await expectEnds(world, invariants)
}

function giveUp({ rig }: World, { server }: Trip, legId: string): Promise<unknown> {
  return giveBackLeg(server.room, rig.hospitalId, { legId, by: 'wang', reason: '没有人领' })
}
