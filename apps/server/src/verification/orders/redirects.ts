import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { ncidasUrlOf } from '../face/ncidas/ncidas-url.ts'

const RETURN_PAGE = 'pages/verify/return'
const FACE_PAGE = 'pages/face/face'

export interface OrderRedirects {
  readonly verifySuccessRedirectUrl: string
  readonly verifyFailRedirectUrl: string
  readonly faceUrl: string
  readonly ncidasUrl?: string
}

/**
 * Where the platform sends the patient back to. The placeholder is literal and un-encoded: the platform replaces it.
 * Which name it has is told differently by public sources, so that a hospital may set it; our page reads one name.
 */
export function orderRedirects(
  hospital: Hospital,
  channel: Session['channel'],
  publicOrigin: string,
  id: string,
): OrderRedirects {
  const { successPlaceholder } = hospital.verification
  const ncidasUrl = ncidasUrlOf(hospital, channel)
  const page = channel === 'mini-program' ? `mini:/${RETURN_PAGE}` : `${publicOrigin}/h5/${RETURN_PAGE}`
  return {
    verifySuccessRedirectUrl: `${page}?verification=${id}&registerOrderId=\${${successPlaceholder}}`,
    verifyFailRedirectUrl: `${page}?verification=${id}&failed=1`,
    faceUrl: channel === 'mini-program' ? `/${FACE_PAGE}` : `${publicOrigin}/h5/${FACE_PAGE}`,
    ...(ncidasUrl && { ncidasUrl }),
  }
}
