import { ref, shallowRef } from 'vue'
import type { FlowView } from '../../api/types.ts'
import { readArrival, rememberArrival } from '../../flow/arrival.ts'
import { originOf, rememberOrigin } from '../../flow/flow-storage.ts'
import { takeHandedView } from '../../flow/handed-view.ts'
import { openStep } from '../../flow/open-step.ts'
import { pollFlow } from '../../flow/poll-flow.ts'
import { sendArrival } from '../../flow/send-arrival.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'

export type ReturnParts = {
  readonly send: (flow: string) => Promise<ApiResult<FlowView>>
  readonly poll: (first: ApiResult<FlowView>, isLeft: () => boolean) => Promise<ApiResult<FlowView>>
  readonly open: (view: FlowView) => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
}
const live: ReturnParts = {
  send: sendArrival,
  poll: (first, isLeft) => pollFlow(first, { isLeft }),
  open: openStep,
  cleanAddress,
}

/** Where the platform sends the person back to, and where a flow waits for the gateway. */
export function useReturn(parts: ReturnParts = live) {
  const problem = shallowRef<ApiError>()
  /** The gateway is still at work after half a minute. */
  const slow = ref(false)
  let flow = ''
  let left = false

  async function arrive(query: PageQuery): Promise<void> {
    flow = query['flow'] ?? ''
    const arrival = readArrival(query)
    // First of all: the code into storage and out of the address, before anything can fail.
    if (flow !== '' && arrival) rememberArrival(flow, arrival)
    const patientId = query['patient']
    if (flow !== '' && patientId && !originOf(flow)) rememberOrigin(flow, { intent: 'upgrade', patientId })
    parts.cleanAddress(flow === '' ? {} : { flow })
    await goOn()
  }

  async function goOn(): Promise<void> {
    problem.value = undefined
    slow.value = false
    if (flow === '') {
      problem.value = localError('NO_FLOW')
      return
    }
    const handed = takeHandedView(flow)
    const first: ApiResult<FlowView> = handed ? { ok: true, data: handed } : await parts.send(flow)
    const result = await parts.poll(first, () => left)
    if (left) return
    if (!result.ok) problem.value = result.error
    else if (result.data.step === 'waiting') slow.value = true
    else if (!(await parts.open(result.data))) problem.value = localError('CANNOT_OPEN')
  }

  return {
    problem,
    slow,
    arrive,
    goOn,
    leave: () => {
      left = true
    },
  }
}
