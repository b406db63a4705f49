import { ManualClock, memoryTokenStore } from '@zhangyi/core'
import { type CallerOptions, createCaller, type WechatCaller } from '../call/create-caller.ts'
import type { WechatCallRecord } from '../options.ts'
import {
  type AccessTokens,
  type AccessTokensOptions,
  createAccessTokens,
} from '../token/create-access-tokens.ts'

export const APP = { appid: 'wxd000000000000001', secret: 'secret-of-the-app' }

export interface SentCall {
  readonly path: string
  readonly token: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** What one request gets: an object as JSON, or a whole response. */
export type Answer = object | Response

export interface FakeWechat {
  readonly options: AccessTokensOptions
  readonly tokens: AccessTokens
  readonly caller: WechatCaller
  readonly clock: ManualClock
  /** Every call that arrived, those for a token left out. */
  readonly sent: SentCall[]
  readonly tokenCalls: SentCall[]
  readonly records: WechatCallRecord[]
}

/** WeChat as an injected `fetch`; `answerToken` gets the calls for a token. Tests only. */
export function fakeWechat(
  answer: (call: SentCall) => Answer | Promise<Answer>,
  more: Partial<AccessTokensOptions> = {},
  answerToken?: (call: SentCall) => Answer | Promise<Answer>,
): FakeWechat {
  const clock = new ManualClock()
  const sent: SentCall[] = []
  const tokenCalls: SentCall[] = []
  const records: WechatCallRecord[] = []
  const issue = () => ({ access_token: `token-${tokenCalls.length}`, expires_in: 7_200 })
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(String(input))
    const call = {
      path: pathname,
      token: searchParams.get('access_token'),
      body: init?.body === undefined ? Object.fromEntries(searchParams) : JSON.parse(String(init.body)),
    }
    const isToken = pathname === '/cgi-bin/stable_token'
    ;(isToken ? tokenCalls : sent).push(call)
    const answered = await (isToken ? (answerToken ?? issue)(call) : answer(call))
    return answered instanceof Response ? answered : Response.json(answered)
  }
  const options: AccessTokensOptions = {
    ...APP,
    apiOrigin: 'https://api.example/',
    clock,
    fetch: send,
    store: memoryTokenStore(),
    wait: async () => {},
    onCall: (call) => records.push(call),
    ...more,
  }
  const tokens = createAccessTokens(options)
  const callerOptions: CallerOptions = { ...options, tokens }
  return { options, tokens, caller: createCaller(callerOptions), clock, sent, tokenCalls, records }
}
