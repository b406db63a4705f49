import { ALL_OPERATIONS, type HisOperation } from '../../operations.ts'
import type { HisPort } from '../../port.ts'
import { nameArguments, OPERATION_SHAPES, type ShapedOperation } from '../shapes/operation-shapes.ts'
import { type CallTools, carryOut } from './carry-out.ts'
import type { Plan } from './plan.ts'

export type Plans<Q> = Partial<Record<HisOperation, Plan<Q>>>

/** A port of the operations that have a plan; a group without one is not offered. */
export function buildPort<Q>(plans: Plans<Q>, tools: CallTools<Q>): HisPort {
  const port: Record<string, unknown> = {}
  for (const [operation, kind] of ALL_OPERATIONS) {
    const plan = plans[operation]
    if (plan === undefined) continue
    if (operation === 'probe') {
      port['probe'] = () => carryOut(tools, operation, kind, plan, {}, undefined)
      continue
    }
    const [group = '', name = ''] = operation.split('.')
    const shape = OPERATION_SHAPES[operation as ShapedOperation]
    port[group] ??= {}
    const members = port[group] as Record<string, unknown>
    members[name] = async (...args: readonly unknown[]) => {
      const requestKey = kind === 'change' ? (args.at(-1) as string) : undefined
      const input = nameArguments(shape, kind === 'change' ? args.slice(0, -1) : args)
      return carryOut(tools, operation, kind, plan, input, requestKey)
    }
  }
  return port as unknown as HisPort
}
