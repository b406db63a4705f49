import type { LegRow } from '../../../apps/server/src/refunds/tables.ts'
import type { TestDatabase } from '../../setup/test-database.ts'
import { openRefunds, type RefundsRig, type RefundsRigOptions } from '../refunds-rig.ts'
import { Dice } from './dice.ts'
import { orderFaults } from './faults.ts'
import { FaultyHis } from './faulty-his.ts'
import { Gate } from './gate.ts'
import { leaveRowsWhereTheyAre } from './leave-rows.ts'
import type { Person, Phone } from './people.ts'
import type { Scenario } from './scenarios.ts'
import { Server } from './server.ts'
import { Wire } from './wire.ts'

/** A leg that has no end, as the last look at the books found it. */
export interface OpenLeg extends Pick<LegRow, 'id' | 'case_id' | 'state' | 'route' | 'amount_fen'> {
  readonly person: Person
  readonly phone: Phone
  /** Of the payment: as the payments room has it. */
  readonly payout: string | null
  readonly number: string | null
}

/** Everything that a run holds. */
export interface World {
  readonly rig: RefundsRig
  readonly dice: Dice
  readonly his: FaultyHis
  readonly wire: Wire
  readonly gate: Gate
  readonly servers: Server[]
  readonly people: Person[]
  readonly byUser: Map<string, { readonly person: Person; readonly phone: Phone }>
  /** What a step did, newest last. */
  readonly told: string[]
  /** Ids of all cases that were seen. */
  readonly cases: Set<string>
  legs: readonly OpenLeg[]
  /** When a server last looked at all that was due. */
  lookedMs: number
}

/** One hospital of several kinds by the seed, so that a few seeds see them all. */
function kindOf(seed: number): RefundsRigOptions {
  switch (seed % 5) {
    case 0:
      return {}
    case 1:
      return { hospital: { refunds: { face: { partial: true, splitOriginal: true, retryHours: 6 } } } }
    case 2:
      return { his: 'single-step', hospital: { refunds: { secondPersonFromFen: 5_000 } } }
    case 3:
      return { hospital: { refunds: { secondPersonFromFen: 10_000, face: { unclaimedDays: 1 } } } }
    default:
      return { his: 'single-step-without-reversal', hospital: { refunds: { face: { splitOriginal: true } } } }
  }
}

export interface WorldPlan {
  readonly seed: number
  readonly loose: boolean
  readonly scenario: Scenario
  readonly made?: TestDatabase | undefined
}

export async function openWorld({ seed, loose, scenario, made }: WorldPlan): Promise<World> {
  const rig = await openRefunds({ ...kindOf(seed), ...(made && { made }) })
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 3_000_000 })
  await rig.pay('set-balance', { account: 'BASIC', amountFen: 100_000_000 })
  // 电子回单 are nobody's money, and half of all calls.
  if (seed % 5 !== 0) Object.assign(rig.hospitals.all[0]?.wechatPay?.transfer ?? {}, { receiptsKept: false })
  orderFaults(rig, seed, scenario.faults(seed))
  // Nothing comes by itself: the same seed is the same run.
  await rig.pay('settings', { autoDeliver: false })
  await leaveRowsWhereTheyAre(rig)
  const world = worldOf(rig, seed, loose)
  world.servers.push(startServer(world), startServer(world))
  await scenario.begin?.(world)
  return world
}

/** Around a rig that stands, with nobody in it yet. */
export function worldOf(rig: RefundsRig, seed: number, loose = true): World {
  const turns = new Dice(seed + 2)
  return {
    ...{ rig, dice: new Dice(seed), his: new FaultyHis(() => rig.his(), rig.clock, new Dice(seed + 1)) },
    wire: new Wire(rig),
    gate: new Gate((limit) => turns.below(limit), loose),
    ...{ servers: [], people: [], byUser: new Map(), told: [], cases: new Set(), legs: [], lookedMs: 0 },
  }
}

export function startServer(world: World): Server {
  const { rig, his, wire, gate } = world
  return new Server({
    ...{ rig, his: his.port, send: wire.send, around: (work) => gate.enter(work) },
    looked: (atMs) => {
      world.lookedMs = Math.max(world.lookedMs, atMs)
    },
  })
}

/** One of the servers that live; a dead one is started anew. */
export function anyServer(world: World): Server {
  const at = world.dice.below(world.servers.length)
  const server = world.servers[at]
  if (server && !server.isDead) return server
  const fresh = startServer(world)
  world.servers[at] = fresh
  return fresh
}
