import { no, type Outcome, type StoredToken, startTimeout, TRANSPORT, unknown, yes } from '@zhangyi/core'
import { type Attempt, attemptCall, type Call, type Interpret } from './attempt-call.ts'
import type { Operation } from './endpoints.ts'
import { HealthCardError } from './errors.ts'
import { keepToken } from './keep-token.ts'
import type { CallContext, HealthCardOptions } from './options.ts'
import type { Members } from './read-members.ts'
import { valueOrThrow } from './value-or-throw.ts'

const DEFAULT_DOMAIN_CHANNEL = 3
const DEFAULT_TOKEN_INVALID_TEXT =
  /app\s*token|(token|凭证|令牌).*(无效|失效|过期|错误|invalid|expire)|invalid.*token/i

/** What an operation needs to make its call. */
export interface Caller {
  readonly appId: string
  readonly domainChannel: number
  /** The shared appToken. Throws `HealthCardError`. */
  token(): Promise<StoredToken>
  /** A call that changes something or spends a one-use code. */
  change<T>(
    operation: Operation,
    req: object,
    context: CallContext,
    interpret: Interpret<T>,
  ): Promise<Outcome<T>>
  /** A read; `parse` gives undefined for a reply without what was asked. Throws `HealthCardError`. */
  read<T>(
    operation: Operation,
    req: object,
    context: CallContext,
    parse: (rsp: Members) => T | undefined,
  ): Promise<T>
}

/**
 * Calls with the shared appToken. Nothing is ever repeated, with one exception: a call that the platform refuses for
 * its token was surely not carried out (no one-use code is spent), so it alone is made a second time with another
 * token, within the same time limit.
 */
export function createCaller(options: HealthCardOptions): Caller {
  const tokens = keepToken(options)

  const perform = async <T>(call: Call<T>): Promise<Attempt<T>> => {
    const deadline = startTimeout(options)
    const token = await tokenOrRefusal(tokens.current(deadline))
    if ('outcome' in token) return token
    const first = await attemptCall(options, call, token.token, deadline)
    if (!isTokenRefused(options, first)) return first
    const other = await tokenOrRefusal(tokens.replace(token, deadline))
    return 'outcome' in other ? other : attemptCall(options, call, other.token, deadline)
  }
  return {
    appId: options.appId,
    domainChannel: options.config?.domainChannel ?? DEFAULT_DOMAIN_CHANNEL,
    token: () => tokens.current(startTimeout(options)),
    change: async (operation, req, context, interpret) =>
      (await perform({ operation, req, context, interpret })).outcome,
    read: async (operation, req, context, parse) => {
      const made = await perform({ operation, req, context, interpret: parsed(parse) })
      return valueOrThrow(operation, made)
    },
  }
}

function parsed<T>(parse: (rsp: Members) => T | undefined): Interpret<T> {
  return (rsp) => {
    const value = parse(rsp)
    return value === undefined ? unknown('malformed') : yes(value)
  }
}

// Asked of the resultCode, not of the outcome: an empty verifyUrl under resultCode 0 is a `no` that spent its code.
function isTokenRefused({ config = {} }: HealthCardOptions, { refusal }: Attempt<unknown>): boolean {
  if (!refusal) return false
  if (config.tokenInvalidCodes?.includes(refusal.resultCode)) return true
  // `search`, because `test` of a global expression remembers where it stopped.
  return refusal.errMsg.search(config.tokenInvalidText ?? DEFAULT_TOKEN_INVALID_TEXT) >= 0
}

/**
 * Without a token the call itself was never made, whatever became of the token: `no('transport')`, also where the
 * platform refused the token, because that says nothing about the code or the person of this call.
 */
async function tokenOrRefusal(wanted: Promise<StoredToken>): Promise<StoredToken | Attempt<never>> {
  try {
    return await wanted
  } catch (error) {
    if (!(error instanceof HealthCardError)) throw error
    const outcome = no(TRANSPORT, `no appToken: ${error.kind} ${error.code}`)
    return { outcome, requestId: error.requestId, refusal: undefined }
  }
}
