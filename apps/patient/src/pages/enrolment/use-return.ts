import { getEnrolment } from '../../api/enrolments.ts'
import type { FlowView } from '../../api/types.ts'
import { readArrival, rememberArrival } from '../../flow/arrival.ts'
import { originOf, rememberOrigin } from '../../flow/flow-storage.ts'
import { takeHandedView } from '../../flow/handed-view.ts'
import { openStep } from '../../flow/open-step.ts'
import { sendArrival } from '../../flow/send-arrival.ts'
import { useArrival } from '../../flow/use-arrival.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'

export type ReturnParts = {
  readonly send: (flow: string) => Promise<ApiResult<FlowView>>
  readonly poll?: (first: ApiResult<FlowView>, isLeft: () => boolean) => Promise<ApiResult<FlowView>>
  readonly open: (view: FlowView) => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
}
const live: ReturnParts = { send: sendArrival, open: openStep, cleanAddress }

/** Where the platform sends the person back to, and where a flow waits for the gateway. */
export function useReturn(parts: ReturnParts = live) {
  let flow = ''
  const { problem, slow, goOn, leave } = useArrival<FlowView>({
    async first(id) {
      const handed = takeHandedView(id)
      return handed ? { ok: true, data: handed } : parts.send(id)
    },
    get: getEnrolment,
    open: parts.open,
    ...(parts.poll ? { poll: parts.poll } : {}),
  })

  async function arrive(query: PageQuery): Promise<void> {
    flow = query['flow'] ?? ''
    const arrival = readArrival(query)
    // First of all: the code into storage and out of the address, before anything can fail.
    if (flow !== '' && arrival) rememberArrival(flow, arrival)
    const patientId = query['patient']
    if (flow !== '' && patientId && !originOf(flow)) rememberOrigin(flow, { intent: 'upgrade', patientId })
    parts.cleanAddress(flow === '' ? {} : { flow })
    await goOn(flow)
  }

  return { problem, slow, arrive, goOn: () => goOn(flow), leave }
}
