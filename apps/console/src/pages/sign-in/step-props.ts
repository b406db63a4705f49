import type { Stage } from '../../session/session-api.ts'

/** What every step of the door gets. */
export interface StepProps {
  isBusy: boolean
  error: unknown
  advance: (send: () => Promise<{ readonly stage: Stage }>) => Promise<void>
}
