import { isIP } from 'node:net'
import type { CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { isThisMachine } from '../../platform/hospitals/this-machine.ts'
import { notifyUrlOf } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'

/** Whether WeChat reaches it, only a notification tells; where it surely does not, its form tells. */
export function checkNotifyAddress(room: PaymentsRoom, hospital: Hospital): CheckResult {
  const address = new URL(notifyUrlOf(room, hospital))
  if (room.settings.mode === 'development' && isThisMachine(address))
    return { ok: true, zh: '开发模式，通知只来自本机的沙箱' }
  const { protocol, hostname, host } = address
  const isPublic = protocol === 'https:' && hostname.includes('.') && isIP(hostname) === 0
  if (isPublic && !isThisMachine(address)) return { ok: true, zh: `通知地址在 ${host}` }
  return {
    ok: false,
    zh: `微信通知不到 ${protocol}//${host}：请用公网 https 域名，设置 ZHANGYI_PUBLIC_ORIGIN 或 wechatPay.notifyOrigin`,
  }
}
