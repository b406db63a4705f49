import type { ApiResult } from '../platform/api-error.ts'
import type { RequestClient, RequestOptions } from '../platform/request-client.ts'
import type { SignedIn } from './sign-in.ts'

// Long enough for a slow phone to leave; then the page says what is wrong instead of waiting for ever.
const LEAVING_MS = 15_000

/**
 * A request client that signs in when the gateway asks for it, and then repeats the request, once. That is
 * safe for every request: a 401 says that nothing was done.
 */
export function withSignIn(parts: {
  readonly request: RequestClient
  readonly signIn: () => Promise<SignedIn>
  /** True where the phone keeps no session: then the gateway need not be asked first. */
  readonly isSignedOut: () => boolean
  readonly forgetSession: () => void
  readonly wait?: (ms: number) => Promise<void>
}): RequestClient {
  const wait = parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  let underWay: Promise<SignedIn> | undefined
  // Several requests of one page find out at the same time; one sign-in serves them all.
  const signInOnce = () => {
    underWay ??= parts.signIn().finally(() => {
      underWay = undefined
    })
    return underWay
  }

  return async <T>(path: string, options: RequestOptions<T>): Promise<ApiResult<T>> => {
    if (!parts.isSignedOut()) {
      const first = await parts.request(path, options)
      if (first.ok || first.error.code !== 'not-signed-in') return first
      parts.forgetSession()
    }
    const signedIn = await signInOnce()
    if (signedIn === 'leaving') await wait(LEAVING_MS)
    else if (signedIn !== 'signed-in') return { ok: false, error: signedIn }
    return parts.request(path, options)
  }
}
