import {
  arriveAtForm,
  getEnrolment,
  reportVerifyFailed,
  sendHealthCode,
  sendRegInfoCode,
} from '../api/enrolments.ts'
import type { FlowView } from '../api/types.ts'
import type { ApiResult } from '../platform/api-error.ts'
import { type Arrival, forgetArrival, recallArrival } from './arrival.ts'
import { rememberAuthCode } from './flow-storage.ts'

export type ArrivalApi = {
  readonly sendHealthCode: (flow: string, code: string) => Promise<ApiResult<FlowView>>
  readonly sendRegInfoCode: (flow: string, code: string) => Promise<ApiResult<FlowView>>
  readonly arriveAtForm: (flow: string) => Promise<ApiResult<FlowView>>
  readonly reportVerifyFailed: (flow: string) => Promise<ApiResult<FlowView>>
  readonly getEnrolment: (flow: string) => Promise<ApiResult<FlowView>>
}

const gateway: ArrivalApi = {
  sendHealthCode,
  sendRegInfoCode,
  arriveAtForm,
  reportVerifyFailed,
  getEnrolment,
}
// The gateway has spoken about this very flow: asking where it stands tells more than an error page.
const ASK_THE_FLOW = ['flow-wrong-step', 'flow-expired']

/**
 * Hands the outcome that is in storage to the gateway. The code leaves the storage when the gateway has
 * confirmed or refused it; while nobody knows (no network, a lost answer) it stays, and sending the same code
 * again returns the stored result. Without a stored outcome it only asks where the flow stands.
 */
export async function sendArrival(flow: string, api: ArrivalApi = gateway): Promise<ApiResult<FlowView>> {
  const arrival = recallArrival(flow)
  if (!arrival) return api.getEnrolment(flow)
  const result = await send(flow, arrival, api)
  if (result.ok || result.error.happened === 'no') forgetArrival(flow)
  if (!result.ok && ASK_THE_FLOW.includes(result.error.code)) return api.getEnrolment(flow)
  return result
}

function send(flow: string, arrival: Arrival, api: ArrivalApi): Promise<ApiResult<FlowView>> {
  switch (arrival.kind) {
    case 'health-code':
      return api.sendHealthCode(flow, arrival.code)
    case 'reg-info-code':
      return api.sendRegInfoCode(flow, arrival.code)
    case 'auth-code':
      rememberAuthCode(flow, arrival.code)
      return api.arriveAtForm(flow)
    case 'failed':
      return api.reportVerifyFailed(flow)
  }
}
