import type { Hospital, Hospitals } from './hospitals.ts'
import { isThisMachine } from './this-machine.ts'

/**
 * Production refuses to start with anything that leads to a simulator: a platform without TLS, a platform, a HIS or an
 * SMS gateway on this machine.
 */
export function refuseSimulators(hospitals: Hospitals): void {
  const problems = hospitals.all.flatMap(({ id, his, sms, healthCard, wechat, wechatPay }) => [
    ...[...hisAddress(his), ...smsAddress(sms)].map(
      (place) => `${id}.${place}：生产环境不能是本机地址；同一台机器上的服务请写它的内网地址`,
    ),
    ...Object.entries({
      'healthCard.baseUrl': healthCard.baseUrl,
      'healthCard.h5Origin': healthCard.h5Origin,
      'wechat.apiOrigin': wechat.apiOrigin,
      'wechat.openOrigin': wechat.openOrigin,
      ...payAddresses(wechatPay),
    })
      .filter(([, address]) => isSimulator(new URL(address)))
      .map(([name]) => `${id}.${name}：生产环境必须是平台的 https 地址`),
  ])
  if (problems.length > 0)
    throw new Error(`生产模式拒绝启动：\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
}

// Inside a hospital's network a HIS is often without TLS; on this machine it would be the sandbox's.
function hisAddress(his: Hospital['his']): readonly string[] {
  if (his.kind === 'rest') return isThisMachine(new URL(his.baseUrl)) ? ['his.baseUrl'] : []
  if (his.kind === 'soap') return isThisMachine(new URL(his.endpoint)) ? ['his.endpoint'] : []
  return []
}

function smsAddress(sms: Hospital['sms']): readonly string[] {
  return sms && isThisMachine(new URL(sms.url)) ? ['sms.url'] : []
}

function payAddresses(pay: Hospital['wechatPay']): Readonly<Record<string, string>> {
  const { origins = [], notifyOrigin } = pay ?? {}
  return {
    ...Object.fromEntries(origins.map((address, index) => [`wechatPay.origins.${index}`, address])),
    ...(notifyOrigin !== undefined && { 'wechatPay.notifyOrigin': notifyOrigin }),
  }
}

function isSimulator(address: URL): boolean {
  return address.protocol !== 'https:' || isThisMachine(address)
}
