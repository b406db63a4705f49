import { type Outcome, SECOND_MS, type StoredToken, startTimeout, unknown, yes } from '@zhangyi/core'
import { attemptCall } from '../call/attempt-call.ts'
import type { Reply } from '../call/read-reply.ts'
import { valueOrThrow } from '../call/value-or-throw.ts'
import { withBackOff } from '../call/with-back-off.ts'
import type { TransportOptions } from '../options.ts'

const OPERATION = 'getStableAccessToken'
const LONGEST_LIFE_MS = 7_200 * SECOND_MS

export interface AccessTokenOptions extends TransportOptions {
  readonly appid: string
  readonly secret: string
}

/**
 * `POST /cgi-bin/stable_token`. In normal mode WeChat gives the same token during its life, so that asking again harms
 * nobody and is repeated while WeChat is busy; a forced refresh is made once. Throws `WechatError`: `refused` for
 * 40013 (appid), 40125 (secret), 40164 (our address is not on the allow-list) and the like.
 */
export async function fetchStableToken(options: AccessTokenOptions, force = false): Promise<StoredToken> {
  const { appid, secret, clock } = options
  const deadline = startTimeout(options)
  // Counted from before the request: what the way takes makes the token older, never younger.
  const startedAtMs = clock.nowMs()
  const call = {
    appid,
    operation: OPERATION,
    path: '/cgi-bin/stable_token',
    body: { grant_type: 'client_credential', appid, secret, force_refresh: force },
    interpret: (reply: Reply) => tokenOf(reply, startedAtMs),
  }
  const attempt = () => attemptCall(options, call, undefined, deadline)
  const made = force
    ? await attempt()
    : await withBackOff(options, deadline, attempt, ({ errcode }) => errcode === -1)
  return valueOrThrow(OPERATION, made)
}

function tokenOf({ members }: Reply, startedAtMs: number): Outcome<StoredToken> {
  const { access_token: token, expires_in: seconds } = members
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,2048}$/.test(token)) return unknown('malformed')
  if (!Number.isSafeInteger(seconds) || Number(seconds) <= 0) return unknown('malformed')
  return yes({ token, expiresAtMs: startedAtMs + Math.min(Number(seconds) * SECOND_MS, LONGEST_LIFE_MS) })
}
