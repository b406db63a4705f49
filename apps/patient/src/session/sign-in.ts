import { openMiniProgramSession } from '../api/sessions.ts'
import { type ApiError, localError } from '../platform/api-error.ts'
import { parseSearch } from '../platform/page-query.ts'
import { rememberSession } from '../platform/request.ts'
import { routeUrl } from '../platform/routes.ts'
import { recall, remember, storageKey } from '../platform/storage.ts'
import { isH5 } from '../platform/target.ts'
import { sessionTexts } from '../texts/session.ts'
import { cleanPath } from './clean-path.ts'
import { wantedHospital } from './hospital.ts'

/** `leaving`: the browser is on its way to WeChat's sign-in page and this page ends. */
export type SignedIn = 'signed-in' | 'leaving' | ApiError

const SIGN_IN_PAGE = '/api/v1/sessions/official-account'
const triesKey = storageKey('sign-in-tries', (value): value is number => typeof value === 'number')
const TRIES_IN_A_MINUTE = 3

export function signIn(): Promise<SignedIn> {
  return isH5 ? leaveToSignIn() : signInByCode()
}

/** H5: the cookie comes by WeChat's redirects. A browser that keeps no cookie must not go round for ever. */
async function leaveToSignIn(): Promise<SignedIn> {
  const tries = (recall(triesKey) ?? 0) + 1
  if (tries > TRIES_IN_A_MINUTE) return problem('NO_COOKIE')
  remember(triesKey, tries, 60_000)
  const { pathname, search } = window.location
  const target = cleanPath(pathname, parseSearch(search))
  window.location.replace(routeUrl(SIGN_IN_PAGE, { hospital: wantedHospital(), return: target }))
  return 'leaving'
}

async function signInByCode(): Promise<SignedIn> {
  const code = await loginCode()
  if (code === undefined) return problem('LOGIN')
  const hospital = wantedHospital()
  const result = await openMiniProgramSession({ code, ...(hospital ? { hospital } : {}) })
  if (!result.ok) return result.error
  const livesMs = Date.parse(result.data.expiresAt) - Date.now()
  rememberSession(result.data.token, Math.max(0, livesMs))
  return 'signed-in'
}

function loginCode(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.login({
      provider: 'weixin',
      success: ({ code }) => resolve(code || undefined),
      fail: () => resolve(undefined),
    })
  })
}

function problem(code: keyof typeof sessionTexts): ApiError {
  return { ...localError('NETWORK'), code, message: sessionTexts[code] }
}
