import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { isThisMachine } from '../../platform/hospitals/this-machine.ts'
import type { Settings } from '../../platform/settings/settings.ts'

/**
 * Development only: the simulator's page in place of WeChat's confirm page, to which the app adds `return`. Never in
 * production, and never where this hospital's WeChat Pay is the real one.
 */
export function confirmPageOf(
  { mode }: Pick<Settings, 'mode'>,
  { wechatPay }: Pick<Hospital, 'wechatPay'>,
  opened: { readonly mchId: string; readonly appId: string; readonly package: string },
): string | null {
  const [origin] = wechatPay?.origins ?? []
  if (mode === 'production' || origin === undefined || !isThisMachine(new URL(origin))) return null
  return `${origin}/sandbox/confirm-receipt?${new URLSearchParams({ ...opened })}`
}
