import type { ConformanceCheck } from '../check.ts'

export const probe: ConformanceCheck = {
  name: 'port.probe',
  zh: '探测：HIS 能服务时，probe 正常返回',
  because: '网关靠它在运营后台显示 HIS 是否可用；否则故障要等患者来报才知道。',
  run: ({ port }) => port.probe(),
}
