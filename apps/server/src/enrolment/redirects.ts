import type { RedirectTargets } from '@zhangyi/health-card'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { ncidasUrlOf } from '../verification/index.ts'
import type { EnrolmentRoom } from './room.ts'

const RETURN_PAGE = 'pages/enrolment/return'
const FACE_PAGE = 'pages/face/face'

export interface FlowRedirects extends RedirectTargets {
  readonly userFormPageUrl: string
}

/**
 * Where the platform sends the patient back to. In a mini program `mini:` and a page path, in the official account
 * an address of ours. The placeholders are literal and un-encoded: the platform replaces them. For an upgrade the
 * contract wants our own patient id in every address.
 */
export function redirectsOf(
  room: EnrolmentRoom,
  session: Session,
  flow: { readonly id: string; readonly upgrade_patient_id: string | null },
): FlowRedirects {
  const { channel } = session
  const { publicOrigin } = room
  const ncidasUrl = ncidasUrlOf(hospitalOf(room, session), channel)
  const page = channel === 'mini-program' ? `mini:/${RETURN_PAGE}` : `${publicOrigin}/h5/${RETURN_PAGE}`
  const patient = flow.upgrade_patient_id ? `&patient=${flow.upgrade_patient_id}` : ''
  const back = (rest: string) => `${page}?flow=${flow.id}${patient}&${rest}`
  return {
    successRedirectUrl: back('healthCode=${healthCode}'),
    failRedirectUrl: back('regInfoCode=${regInfoCode}'),
    userFormPageUrl: back('authCode=${authCode}'),
    verifyFailRedirectUrl: back('failed=1'),
    faceUrl: channel === 'mini-program' ? `/${FACE_PAGE}` : `${publicOrigin}/h5/${FACE_PAGE}`,
    ...(ncidasUrl && { ncidasUrl }),
  }
}
