import type { SceneCompleteness } from './day-completeness.ts'

export const SCENE_STATES = ['gap', 'parked', 'stuck', 'pending', 'differs', 'none', 'whole'] as const
export type SceneState = (typeof SCENE_STATES)[number]

/** How a scene stands, the worst first. */
export function sceneState(
  one: Pick<SceneCompleteness, 'gap' | 'parked' | 'stuck' | 'pending' | 'difference' | 'stored'>,
): SceneState {
  if ((one.gap ?? 0) > 0) return 'gap'
  if (one.parked > 0) return 'parked'
  if (one.stuck > 0) return 'stuck'
  if (one.pending > 0) return 'pending'
  if (one.difference !== null && one.difference !== 0) return 'differs'
  return one.stored === 0 ? 'none' : 'whole'
}
