import { ManualClock, memoryTokenStore } from '@zhangyi/core'
import { createHealthCardClient, type HealthCardClient } from '../client.ts'
import type { CallContext, CallRecord, HealthCardOptions } from '../options.ts'

export const APP = { appId: 'app', appSecret: 'secret', hospitalId: '90003' }
export const MINI: CallContext = { channelNum: 1, relatedUser: { appid: 'wx1', openid: 'openid-1' } }

export interface SentCall {
  readonly operation: string
  readonly path: string
  readonly commonIn: Readonly<Record<string, unknown>>
  readonly req: Readonly<Record<string, unknown>>
}

export interface Answer {
  readonly resultCode?: unknown
  readonly errMsg?: string
  readonly rsp?: unknown
}

export interface FakePlatform {
  readonly options: HealthCardOptions
  readonly client: HealthCardClient
  readonly clock: ManualClock
  /** Every call that arrived, getAppToken left out. */
  readonly sent: SentCall[]
  readonly records: CallRecord[]
  tokensIssued(): number
}

/** The platform as an injected `fetch`; `answer` gets every call but getAppToken. Tests only. */
export function fakePlatform(
  answer: (call: SentCall) => Answer | Promise<Answer>,
  more: Partial<HealthCardOptions> = {},
): FakePlatform {
  const clock = new ManualClock()
  const sent: SentCall[] = []
  const records: CallRecord[] = []
  let tokens = 0
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(String(input))
    const operation = pathname.split('/').at(-1) ?? ''
    const call: SentCall = { operation, path: pathname, ...JSON.parse(String(init?.body)) }
    if (operation !== 'getAppToken') sent.push(call)
    const {
      resultCode = 0,
      errMsg = '成功',
      rsp,
    } = operation === 'getAppToken'
      ? { rsp: { appToken: `token-${++tokens}`, expiresIn: '7200' } }
      : await answer(call)
    return Response.json({ commonOut: { requestId: 'r', resultCode, errMsg }, rsp })
  }
  const options: HealthCardOptions = {
    ...APP,
    baseUrl: 'https://card.example/',
    clock,
    fetch: send,
    tokenStore: memoryTokenStore(),
    onCall: (call) => records.push(call),
    ...more,
  }
  return {
    options,
    client: createHealthCardClient(options),
    clock,
    sent,
    records,
    tokensIssued: () => tokens,
  }
}
