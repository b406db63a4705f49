import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { CardCodeRoom } from './room.ts'

/** The mini program's page that shows the platform's web pages; `$url` is the plugin's own placeholder. */
const WEB_VIEW = '/pages/web-view/web-view?url=$url'
const CARD_CODE_PAGE = '/pages/card-code/show'

/**
 * The platform's own code page in the mini program (`healthcode` of its plugin). Null where our page is the one to show:
 * H5, a hospital that wants it so, a card whose id nobody told. Confidence in the query: two apps of one team; neither
 * sends the `fieldCode` that the platform prepares for it.
 */
export function pluginPage(
  room: CardCodeRoom,
  session: Session,
  patientId: string,
  healthCardId: string | undefined,
): string | null {
  const { cardCode, healthCard } = hospitalOf(room, session)
  if (session.channel !== 'mini-program' || cardCode.page !== 'platform' || !healthCardId) return null
  const query = {
    hospitalId: healthCard.hospitalId,
    healthCardId,
    webviewUrl: WEB_VIEW,
    redirectUrl: `${CARD_CODE_PAGE}?patientId=${encodeURIComponent(patientId)}`,
  }
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `plugin://healthCardPlugins/healthcode?${pairs.join('&')}`
}
