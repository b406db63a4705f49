import { assertNever, SECOND_MS } from '@zhangyi/core'
import { type Attempt, attempt, DEFAULT_TIMEOUT_MS, readOrThrow } from './call.ts'
import { HealthCardError } from './errors.ts'
import type { CallContext, HealthCardOptions, Operation } from './options.ts'
import { numberOf, textOf } from './read.ts'
import type { StoredToken } from './token-store.ts'

const DEFAULT_MARGIN_MS = 60 * SECOND_MS
const DEFAULT_TOKEN_TEXT = /token/i

/** Calls with the shared appToken. */
export interface Session {
  call(operation: Operation, req: object, context: CallContext): Promise<Attempt>
  /** Fetches or takes the shared token; throws `HealthCardError`. */
  token(): Promise<StoredToken>
}

/**
 * One token for all: taken from the store, refreshed before its end by one caller at a time. If the platform says
 * that the token is invalid, the call was surely refused, so it alone is made a second time with a fresh token.
 */
export function createSession(options: HealthCardOptions): Session {
  const { appId, hospitalId, clock, tokenStore, timeoutMs = DEFAULT_TIMEOUT_MS, config = {} } = options
  const key = config.tokenPerHospital === false ? appId : `${appId}/${hospitalId}`
  const margin = config.tokenMarginMs ?? DEFAULT_MARGIN_MS

  const fetchNew = async (deadline: AbortSignal): Promise<StoredToken> => {
    const made = await attempt(options, 'getAppToken', { appId }, { channelNum: 0 }, '', deadline)
    const rsp = readOrThrow('getAppToken', made)
    const token = textOf(rsp, 'appToken')
    if (!token) throw new HealthCardError('unknown', 'getAppToken', 'malformed', made.requestId)
    return { token, expiresAtMs: clock.nowMs() + (numberOf(rsp, 'expiresIn') ?? 7_200) * SECOND_MS }
  }
  const current = async (deadline: AbortSignal): Promise<StoredToken> => {
    const stored = await tokenStore.read(key)
    if (stored && stored.expiresAtMs - margin > clock.nowMs()) return stored
    return tokenStore.refresh(key, stored?.token, () => fetchNew(deadline))
  }
  const refused = (made: Attempt): boolean => {
    if (made.kind !== 'no') return false
    if (config.tokenInvalidCodes?.includes(Number(made.code))) return true
    return (config.tokenInvalidText ?? DEFAULT_TOKEN_TEXT).test(made.reason)
  }

  return {
    token: () => current(AbortSignal.timeout(timeoutMs)),
    call: async (operation, req, context) => {
      const deadline = AbortSignal.timeout(timeoutMs)
      const token = await tokenOrAttempt(current(deadline))
      if ('kind' in token) return token
      const first = await attempt(options, operation, req, context, token.token, deadline)
      if (!refused(first)) return first
      const fresh = await tokenOrAttempt(tokenStore.refresh(key, token.token, () => fetchNew(deadline)))
      if ('kind' in fresh) return fresh
      return attempt(options, operation, req, context, fresh.token, deadline)
    },
  }
}

/** Without a token the call itself was never made: `no`, whatever became of the token. */
async function tokenOrAttempt(wanted: Promise<StoredToken>): Promise<StoredToken | Attempt> {
  try {
    return await wanted
  } catch (error) {
    if (!(error instanceof HealthCardError)) throw error
    const { kind, code, requestId } = error
    switch (kind) {
      case 'platform':
        return { kind: 'no', code, reason: 'no appToken', requestId }
      case 'transport':
      case 'unknown':
        return { kind: 'no', code: 'transport', reason: 'no appToken', requestId }
      default:
        return assertNever(kind)
    }
  }
}
