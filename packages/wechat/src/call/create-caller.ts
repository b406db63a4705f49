import { no, type Outcome, type StoredToken, startTimeout, TRANSPORT } from '@zhangyi/core'
import { WechatError } from '../errors.ts'
import type { TransportOptions } from '../options.ts'
import type { AccessTokens } from '../token/create-access-tokens.ts'
import { type Attempt, attemptCall, type Call } from './attempt-call.ts'
import { valueOrThrow } from './value-or-throw.ts'
import { withBackOff } from './with-back-off.ts'

/** The errcodes of a token that is not good: WeChat did nothing of the call. */
export const TOKEN_ERRCODES: readonly number[] = [40001, 40014, 42001]

export interface CallerOptions extends TransportOptions {
  /** Of the appid in whose name calls are made. */
  readonly tokens: AccessTokens
}

/** Calls in the name of one appid: of a mini program, or of an official account. */
export interface WechatCaller {
  readonly appid: string
  /** A call that changes something. */
  change<T>(call: Omit<Call<T>, 'appid'>): Promise<Outcome<T>>
  /** A call without lasting effect. Throws `WechatError`. */
  read<T>(call: Omit<Call<T>, 'appid'>): Promise<T>
}

/**
 * A call that is refused for its token was surely not carried out, so it alone is made a second time, with a token
 * fetched again in normal mode, within the same time limit. A read is also repeated while WeChat is busy (-1).
 * Nothing else is repeated.
 */
export function createCaller(options: CallerOptions): WechatCaller {
  const { tokens } = options
  const { appid } = tokens

  const perform = async <T>(call: Call<T>, deadline: AbortSignal): Promise<Attempt<T>> => {
    const token = await tokenOrRefusal(tokens.get(deadline))
    if ('outcome' in token) return token
    const first = await attemptCall(options, call, token.token, deadline)
    if (!TOKEN_ERRCODES.includes(first.errcode ?? 0)) return first
    const other = await tokenOrRefusal(tokens.replaceRefused(token, deadline))
    // Without another token the first refusal stands, and it is the better explanation.
    return 'outcome' in other ? first : attemptCall(options, call, other.token, deadline)
  }
  return {
    appid,
    change: async (call) => (await perform({ ...call, appid }, startTimeout(options))).outcome,
    read: async (call) => {
      const deadline = startTimeout(options)
      const attempt = () => perform({ ...call, appid }, deadline)
      const made = await withBackOff(options, deadline, attempt, ({ errcode }) => errcode === -1)
      return valueOrThrow(call.operation, made)
    },
  }
}

/**
 * Without a token the call itself was never made, whatever became of the token: `no('transport')`, also where WeChat
 * refused the token, because that says nothing about the person or the order of this call.
 */
async function tokenOrRefusal(wanted: Promise<StoredToken>): Promise<StoredToken | Attempt<never>> {
  try {
    return await wanted
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    const outcome = no(TRANSPORT, `no access token: ${error.kind} ${error.code}`)
    return { outcome, errcode: undefined, rid: error.rid }
  }
}
