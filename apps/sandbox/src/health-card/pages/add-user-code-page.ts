import type { FastifyInstance } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { currentPerson } from '../../weixin/persons.ts'
import type { CardPlatform } from '../platform.ts'
import { leavePlatform, refuseCallback } from './leave-platform.ts'

type Query = { Querystring: { redirect_uri?: string } }

/** `open/getUserCode`: the H5 way to a wechatCode, of the person whom the sandbox's cookie names. */
export function addUserCodePage(app: FastifyInstance, platform: CardPlatform): void {
  app.get<Query>('/open/getUserCode', (request, reply) => {
    const target = callbackAddress(request.query.redirect_uri, platform.settings.callbackHosts)
    if (!target) return refuseCallback(reply)
    target.searchParams.set(
      'wechatCode',
      platform.wechatCodes.issue(currentPerson(request.headers.cookie).id),
    )
    return leavePlatform(platform, reply, target.href)
  })
}
