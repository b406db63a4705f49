import { fen } from '@zhangyi/core'
import { z } from 'zod'
import { PayRefusal } from '../errors.ts'
import { belongsTo, MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../people.ts'

/** At most so many characters, at least one. */
export const text = (max: number) => z.string().min(1, '不能为空').max(max, `最长 ${max} 个字符`)

export const amountFen = (least: number) =>
  z
    .number('须为整数，单位为分')
    .int('须为整数，单位为分')
    .min(least, `最小 ${least}`)
    .max(10_000_000_000)
    .transform(fen)

/** Where WeChat calls back: an address without query. The real one wants https; the sandbox takes http too. */
export const notifyUrl = text(256).refine(
  (url) => /^https?:\/\/[^\s?#]+$/.test(url) && URL.canParse(url),
  '须为 http(s) 地址，不能携带参数',
)

export function checkAppidAndOpenid(appid: string, openid: string): void {
  if (![MINI_PROGRAM.appid, OFFICIAL_ACCOUNT.appid].some((known) => known === appid))
    throw new PayRefusal('APPID_MCHID_NOT_MATCH', 'appid和mchid不匹配，请检查绑定关系')
  if (!belongsTo(openid, appid))
    throw new PayRefusal('INVALID_REQUEST', 'Openid格式错误或者不属于商家公众账号')
}
