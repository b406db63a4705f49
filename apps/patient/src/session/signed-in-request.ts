import { forgetSession, request as plainRequest, sessionToken } from '../platform/request.ts'
import { isH5 } from '../platform/target.ts'
import { signIn } from './sign-in.ts'
import { withSignIn } from './with-sign-in.ts'

export const request = withSignIn({
  request: plainRequest,
  signIn,
  // On H5 the session is an HttpOnly cookie, which no script can see.
  isSignedOut: () => !isH5 && sessionToken() === undefined,
  forgetSession,
})
