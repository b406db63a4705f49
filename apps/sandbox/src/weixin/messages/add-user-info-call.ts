import type { AddCall } from '../add-call.ts'
import { WeixinRefusal } from '../errcodes.ts'
import { personOfOpenid, unionidOf } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'

/** `/cgi-bin/user/info`: whether somebody follows the official account, and the unionid of those who do. */
export function addUserInfoCall(addCall: AddCall, { phones, settings }: WeixinPlatform): void {
  addCall({
    operation: 'user/info',
    method: 'GET',
    path: '/cgi-bin/user/info',
    token: 'official-account',
    carryOut: ({ appid, query }) => {
      const { openid = '' } = query
      const person = personOfOpenid(appid, openid)
      if (!person) throw new WeixinRefusal(40003)
      const unionid = settings.openPlatformBound ? { unionid: unionidOf(person) } : {}
      return phones.of(person.id).follows
        ? { subscribe: 1, openid, language: 'zh_CN', ...unionid }
        : { subscribe: 0, openid, ...unionid }
    },
  })
}
