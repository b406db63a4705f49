import { SECOND_MS } from '@zhangyi/core'
import type { CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { PaymentsRoom } from '../room.ts'
import { originOf } from './explain-refusal.ts'

/** WeChat refuses from five minutes on, and says then that the signature is wrong, whatever else is right. */
const MOST_MS = 60 * SECOND_MS
const WAIT_MS = 4 * SECOND_MS

export const CLOCK_CALL =
  '不带签名调用一次微信支付（HEAD /v3/certificates），比较答复的 Date 和本机时间：相差不超过 60 秒即通过；超过 5 分钟微信会拒绝所有请求'

export async function checkClock(
  { clock, fetch: send }: Pick<PaymentsRoom, 'clock' | 'fetch'>,
  hospital: Hospital,
): Promise<CheckResult> {
  const origin = originOf(hospital)
  const startedMs = clock.nowMs()
  const answer = await send(`${origin}/v3/certificates`, {
    ...{ method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(WAIT_MS) },
  }).catch(() => undefined)
  if (!answer) return { ok: false, zh: `连不上 ${origin}` }
  const theirMs = Date.parse(answer.headers.get('date') ?? '')
  if (Number.isNaN(theirMs)) return { ok: false, zh: '答复里没有 Date，无法比较' }
  // The header tells whole seconds, of some moment between question and answer.
  const drift = Math.round(((startedMs + clock.nowMs()) / 2 - theirMs) / SECOND_MS)
  if (Math.abs(drift) * SECOND_MS <= MOST_MS) return { ok: true, zh: `相差 ${Math.abs(drift)} 秒` }
  return {
    ok: false,
    zh: `本机时间${drift > 0 ? '快' : '慢'} ${Math.abs(drift)} 秒：请打开 NTP 对时`,
  }
}
