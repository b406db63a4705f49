import { randomUUID } from 'node:crypto'
import { type CallContext, signRequest, type UsageReport } from '@zhangyi/health-card'

export const APP = { appId: 'bench-app', appSecret: 'bench-secret', hospitalId: '90003' } as const
export const APP_TOKEN = 'B'.repeat(32)
const PATH = '/rest/auth/HealthCard/HealthOpenPlatform/ISVOpenObj/reportHISData'

/** What every contestant delivers: an event as the patient app makes it. */
export const REPORT: UsageReport = {
  qrCodeText: `${'8A'.repeat(32)}:1`,
  time: '2026-11-28 10:00:00',
  hospitalCode: APP.hospitalId,
  scene: '0101013',
  cardType: '11',
  cardChannel: '0402',
}
export const CONTEXT: CallContext = {
  channelNum: 1,
  relatedUser: { appid: 'wx0123456789abcdef', openid: 'o-abcd-0123456789abcdefghij' },
}
export interface Content {
  readonly report: UsageReport
  readonly context: CallContext
}

/**
 * The shortest way to deliver one event: sign, post, read the answer. No token store, no time limit, no classes of
 * failure, no record. It is the limit, and what the peers' jobs do.
 */
export async function postReport(origin: string, { report, context }: Content): Promise<void> {
  const commonIn = {
    appToken: APP_TOKEN,
    requestId: randomUUID().replaceAll('-', '').toUpperCase(),
    hospitalId: APP.hospitalId,
    timestamp: String(Math.floor(Date.now() / 1000)),
    channelNum: context.channelNum,
    relateAppId: context.relatedUser?.appid,
    relateOpenId: context.relatedUser?.openid,
  }
  const sign = signRequest(commonIn, report, APP.appSecret)
  const answer = await fetch(origin + PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body: JSON.stringify({ commonIn: { ...commonIn, sign }, req: report }),
  })
  const { commonOut } = (await answer.json()) as { commonOut: { resultCode: number; errMsg: string } }
  if (commonOut.resultCode !== 0) throw new Error(`refused: ${commonOut.errMsg}`)
}
