import { z } from 'zod'
import type { AddCall } from '../add-call.ts'
import { appOf } from '../credentials.ts'
import { WeixinRefusal } from '../errcodes.ts'
import type { WeixinPlatform } from '../platform.ts'
import type { IssuedToken } from './access-tokens.ts'

const bodySchema = z.looseObject({
  grant_type: z.string().default(''),
  appid: z.string().default(''),
  secret: z.string().default(''),
  force_refresh: z.boolean().default(false),
})

/** `/cgi-bin/stable_token` and the older `/cgi-bin/token`. */
export function addTokenCalls(addCall: AddCall, { tokens }: WeixinPlatform): void {
  addCall({
    operation: 'stable_token',
    method: 'POST',
    path: '/cgi-bin/stable_token',
    carryOut: ({ parse }): IssuedToken => {
      const { grant_type: grantType, appid, secret, force_refresh: force } = parse(bodySchema)
      checkApp(grantType, 'client_credential', appid, secret)
      return force ? tokens.forced(appid) : tokens.stable(appid)
    },
  })
  addCall({
    operation: 'token',
    method: 'GET',
    path: '/cgi-bin/token',
    carryOut: ({ query }): IssuedToken => {
      const { grant_type: grantType = '', appid = '', secret = '' } = query
      checkApp(grantType, 'client_credential', appid, secret)
      return tokens.classic(appid)
    },
  })
}

/** Throws 40002, 41002, 40013, 41004 or 40125, in this order. */
export function checkApp(grantType: string, wanted: string, appid: string, secret: string): void {
  if (grantType !== wanted) throw new WeixinRefusal(40002)
  if (appid === '') throw new WeixinRefusal(41002)
  const app = appOf(appid)
  if (!app) throw new WeixinRefusal(40013)
  if (secret === '') throw new WeixinRefusal(41004)
  if (app.secret !== secret) throw new WeixinRefusal(40125)
}
