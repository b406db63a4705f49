import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import type { Channel } from '../../../platform/sessions/session.ts'

const NCIDAS_PAGE = 'pages/face/ncidas'

/**
 * `ncidasUrl` of a verify order or a bind-card authorisation; undefined where it is not to be sent: the hospital has no
 * adapter, or the channel has no `wx.ncidas` (only mini programs do). Its form is that of `faceUrl`.
 */
export function ncidasUrlOf(
  { verification }: Pick<Hospital, 'verification'>,
  channel: Channel,
): string | undefined {
  if (!verification.nationalIdentity || channel !== 'mini-program') return undefined
  return `/${NCIDAS_PAGE}`
}
