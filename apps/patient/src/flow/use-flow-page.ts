import { getEnrolment } from '../api/enrolments.ts'
import type { FlowStep, FlowView } from '../api/types.ts'
import { takeHandedView } from './handed-view.ts'
import { openStep } from './open-step.ts'
import { type StepPageParts, useStepPage } from './use-step-page.ts'

export type FlowPageParts = StepPageParts<FlowView>
const live: FlowPageParts = { get: getEnrolment, open: openStep }

/** A page that belongs to certain steps of an enrolment. */
export function useFlowPage<S extends FlowStep>(steps: readonly S[], parts: FlowPageParts = live) {
  return useStepPage<FlowView, S>(steps, {
    ...parts,
    takeHanded: takeHandedView,
    askAgain: ['flow-wrong-step', 'flow-expired'],
  })
}
