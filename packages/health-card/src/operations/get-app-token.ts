import { SECOND_MS, type StoredToken, startTimeout, unknown, yes } from '@zhangyi/core'
import { attemptCall } from '../attempt-call.ts'
import type { HealthCardOptions } from '../options.ts'
import { numberOf, textOf } from '../read-members.ts'
import { valueOrThrow } from '../value-or-throw.ts'

const DEFAULT_LIFETIME_SECONDS = 7_200

/**
 * 获取接口调用凭证 (svc 139). Fetches a new appToken and thereby kills its predecessor: only the token keeper may call
 * it. Signed with an empty token; `expiresIn` in seconds, as number or text. Confidence: several sources, Tencent's
 * SDK among them. Throws `HealthCardError`.
 */
export async function fetchAppToken(options: HealthCardOptions): Promise<StoredToken> {
  const { appId, clock } = options
  // Counted from before the call, so that a slow reply does not lengthen the token's life.
  const askedAtMs = clock.nowMs()
  const made = await attemptCall<StoredToken>(
    options,
    {
      operation: 'getAppToken',
      req: { appId },
      context: { channelNum: 0 },
      interpret: (rsp) => {
        const token = textOf(rsp, 'appToken')
        if (token === undefined) return unknown('malformed')
        const lifetimeMs = (numberOf(rsp, 'expiresIn') ?? DEFAULT_LIFETIME_SECONDS) * SECOND_MS
        return yes({ token, expiresAtMs: askedAtMs + lifetimeMs })
      },
    },
    '',
    // Its own limit: many calls wait for one refresh, which must not end with the deadline of the first of them.
    startTimeout(options),
  )
  return valueOrThrow('getAppToken', made)
}
