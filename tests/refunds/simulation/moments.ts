import { SECOND_MS } from '@zhangyi/core'
import { attempt } from './attempt.ts'
import { anyServer, type World } from './world.ts'

/** Nothing happens but that time passes. */
export function pass({ rig, told }: World, ms: number): void {
  told.push(`${Math.round(ms / SECOND_MS)} s pass`)
  rig.clock.advance(Math.round(ms))
}

/** A server works off what is due. */
export function run(world: World): Promise<unknown> {
  return attempt(() => anyServer(world).run())
}

/** WeChat's callbacks come. */
export function deliver({ gate, rig }: World): Promise<unknown> {
  return gate.enter(() => rig.pay('deliver-due'))
}

/** A server dies in the middle of its own work, or of what somebody wants of it. */
export async function dies(world: World, act: () => Promise<unknown>): Promise<void> {
  const { dice, told } = world
  const server = anyServer(world)
  const points = dice.between(1, 12)
  told.push(`dies in ${points}`)
  server.dieIn(points, dice.chance(0.5) ? 'before' : 'after')
  await attempt(() => (dice.chance(0.5) ? server.run() : act()))
}
