import { ref, shallowRef } from 'vue'
import { getEnrolment } from '../api/enrolments.ts'
import type { FlowAt, FlowStep, FlowView } from '../api/types.ts'
import { type ApiError, type ApiResult, localError } from '../platform/api-error.ts'
import { takeHandedView } from './handed-view.ts'
import { openStep } from './open-step.ts'

export type FlowPageParts = {
  readonly get: (flow: string) => Promise<ApiResult<FlowView>>
  readonly open: (view: FlowView) => Promise<boolean>
}
const live: FlowPageParts = { get: getEnrolment, open: openStep }
// Pressed twice, or a page from yesterday: where the flow stands tells more than the error.
const ASK_THE_FLOW = ['flow-wrong-step', 'flow-expired']

function isAt<S extends FlowStep>(view: FlowView, steps: readonly S[]): view is FlowAt<S> {
  return steps.some((step) => step === view.step)
}

/** A page that belongs to certain steps of a flow: loads it, and moves on as soon as the flow is elsewhere. */
export function useFlowPage<S extends FlowStep>(steps: readonly S[], parts: FlowPageParts = live) {
  const view = shallowRef<FlowAt<S>>()
  /** Why the page cannot be shown; what goes wrong on sending is the form's matter. */
  const problem = shallowRef<ApiError>()
  const busy = ref(false)
  const flow = ref('')

  async function load(flowId = flow.value): Promise<void> {
    flow.value = flowId
    problem.value = undefined
    const handed = takeHandedView(flowId)
    const result: ApiResult<FlowView> = handed ? { ok: true, data: handed } : await parts.get(flowId)
    if (!result.ok) problem.value = result.error
    else if (isAt(result.data, steps)) view.value = result.data
    else await leave(result.data)
  }

  async function leave(next: FlowView): Promise<void> {
    if (!(await parts.open(next))) problem.value = localError('CANNOT_OPEN')
  }

  /** Sends something; goes on when it was taken, gives the error back otherwise. */
  async function send(call: () => Promise<ApiResult<FlowView>>): Promise<ApiError | undefined> {
    if (busy.value) return undefined
    busy.value = true
    try {
      const result = await call()
      if (!result.ok) {
        if (!ASK_THE_FLOW.includes(result.error.code)) return result.error
        const now = await parts.get(flow.value)
        if (!now.ok) return result.error
        if (isAt(now.data, steps)) return result.error
        await leave(now.data)
        return undefined
      }
      await leave(result.data)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { view, problem, busy, flow, load, send }
}
