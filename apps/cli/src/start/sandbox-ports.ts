import { SANDBOX_PORTS } from '@zhangyi/sandbox'
import type { WantedPort } from './claim-ports.ts'

export function sandboxPorts(first: number): readonly WantedPort[] {
  return Array.from({ length: SANDBOX_PORTS }, (_, index) => ({
    port: first + index,
    zh: '沙箱',
    setting: 'ZHANGYI_SANDBOX_PORT',
  }))
}
