import type { Hospitals } from './hospitals.ts'

/**
 * Production refuses to start with anything that leads to a simulator: a simulated HIS, a platform without TLS, a
 * platform on this machine.
 */
export function refuseSimulators(hospitals: Hospitals): void {
  const problems = hospitals.all.flatMap(({ id, his, healthCard, wechat }) => [
    ...(his.kind === 'simulated' ? [`${id}.his.kind：模拟的 HIS 不能用于生产`] : []),
    ...Object.entries({
      'healthCard.baseUrl': healthCard.baseUrl,
      'healthCard.h5Origin': healthCard.h5Origin,
      'wechat.apiOrigin': wechat.apiOrigin,
      'wechat.openOrigin': wechat.openOrigin,
    })
      .filter(([, address]) => isSimulator(new URL(address)))
      .map(([name]) => `${id}.${name}：生产环境必须是平台的 https 地址`),
  ])
  if (problems.length > 0)
    throw new Error(`生产模式拒绝启动：\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
}

function isSimulator({ protocol, hostname }: URL): boolean {
  return protocol !== 'https:' || hostname === 'localhost' || /^(127\.|\[::1\]|0\.0\.0\.0)/.test(hostname)
}
