import { randomBytes } from 'node:crypto'
import type { AddCall } from '../add-call.ts'
import { openidOf, SNAPSHOT_PERSON, unionidOf } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'
import { checkApp } from '../tokens/add-token-calls.ts'

const GRANT = 'authorization_code'

/** `jscode2session` of the mini program and the code exchange of the official account's OAuth. */
export function addLoginCalls(addCall: AddCall, { loginCodes, settings, faults }: WeixinPlatform): void {
  addCall({
    operation: 'jscode2session',
    method: 'GET',
    path: '/sns/jscode2session',
    carryOut: ({ query }) => {
      const { appid = '', secret = '', js_code: code = '', grant_type: grant = GRANT } = query
      checkApp(grant, GRANT, appid, secret)
      const { person } = loginCodes.spend(code, appid, 'mini-program')
      // No errcode: the real answer leaves it out when all went well.
      return {
        session_key: randomBytes(16).toString('base64'),
        openid: openidOf(appid, person),
        ...(settings.openPlatformBound && { unionid: unionidOf(person) }),
      }
    },
  })
  addCall({
    operation: 'oauth2/access_token',
    method: 'GET',
    path: '/sns/oauth2/access_token',
    carryOut: ({ query }) => {
      const { appid = '', secret = '', code = '', grant_type: grant = GRANT } = query
      checkApp(grant, GRANT, appid, secret)
      const { person: wanted, scope = '' } = loginCodes.spend(code, appid, 'oauth')
      const snapshot =
        wanted.id === SNAPSHOT_PERSON.id || faults.take('snapshot-user', 'oauth2/access_token') !== undefined
      const person = snapshot ? SNAPSHOT_PERSON : wanted
      const named = scope.includes('snsapi_userinfo') && settings.openPlatformBound && !snapshot
      return {
        // A token of the person, for the person's profile; it opens none of the other interfaces.
        access_token: `user_${randomBytes(48).toString('base64url')}`,
        expires_in: 7_200,
        refresh_token: `user_${randomBytes(48).toString('base64url')}`,
        openid: openidOf(appid, person),
        scope,
        ...(snapshot && { is_snapshotuser: 1 }),
        ...(named && { unionid: unionidOf(person) }),
      }
    },
  })
}
