import type { HealthCardClient } from '@zhangyi/health-card'
import type { HisPort } from '@zhangyi/his'
import type { WechatCaller } from '@zhangyi/wechat'
import type { WechatPayClient } from '@zhangyi/wechat-pay'
import type { Hospital } from '../hospitals/hospitals.ts'
import type { SmsSender } from '../sms/sms-sender.ts'

/** The outside platforms of a hospital, as rooms call them. Made once for each hospital, in `app.ts`. */
export interface Clients {
  healthCard(hospital: Hospital): HealthCardClient
  /** For 用卡数据: with the time limit of the background, and without the call log, because each event is its own. */
  usageReports(hospital: Hospital): Pick<HealthCardClient, 'reportHISData'>
  his(hospital: Hospital): HisPort
  /** Calls to api.weixin.qq.com in the name of one of the hospital's appids; undefined for an appid that is not its. */
  wechat(hospital: Hospital, appid: string): WechatCaller | undefined
  /** Undefined where the hospital takes no money. Throws where its key files cannot be used. */
  wechatPay(hospital: Hospital): WechatPayClient | undefined
  /** Undefined where the hospital has no SMS gateway. */
  sms(hospital: Hospital): SmsSender | undefined
}
