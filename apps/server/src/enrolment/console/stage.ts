import type { FlowRow } from '../flow.ts'

/** `left`: past its time, somewhere on the way: the patient went away. */
export const STAGES = ['under-way', 'stopped', 'left', 'done'] as const
export type Stage = (typeof STAGES)[number]

export function stageOf(
  { state, expires_at_ms }: Pick<FlowRow, 'state' | 'expires_at_ms'>,
  nowMs: number,
): Stage {
  if (state === 'done') return 'done'
  if (state === 'ways-on') return 'stopped'
  return nowMs < expires_at_ms ? 'under-way' : 'left'
}
