import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Settings } from '../../platform/settings/settings.ts'

/**
 * Development only: the simulator's page on which the result is chosen, in place of WeChat's dialogue. Never in
 * production, and never where this hospital's WeChat is the real one.
 */
export function bridgePageOf(
  { mode }: Pick<Settings, 'mode'>,
  { wechat }: { readonly wechat: Pick<Hospital['wechat'], 'apiOrigin'> },
  verifyId: string,
): string | null {
  if (mode === 'production') return null
  const { hostname } = new URL(wechat.apiOrigin)
  if (hostname !== '127.0.0.1' && hostname !== 'localhost') return null
  return `${wechat.apiOrigin}/sandbox/face/${encodeURIComponent(verifyId)}`
}
