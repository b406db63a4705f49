import { request } from '../session/signed-in-request.ts'
import type {
  FaceAction,
  FaceAdvice,
  FaceCheckView,
  FaceOrder,
  FaceSettlement,
  NcidasCheckView,
  PhoneSystem,
} from './face-types.ts'
import { count, flag, oneOf, orNull, type Reader, record, text } from './read.ts'

const faceCheck: Reader<FaceCheckView> = record({ id: text, verifyId: text, bridgePage: orNull(text) })

const knownAction = oneOf<FaceAction>(
  'retry',
  'check-identity',
  'other-method',
  'pending',
  'cancelled',
  'settings',
  'ops',
  'later',
  'cool-down',
  'fetch-code',
)
// The words come from the gateway; of an action that only a newer one knows the page needs no more than them.
const action: Reader<FaceAction> = (value) => {
  try {
    return knownAction(value)
  } catch {
    text(value)
    return 'other-method'
  }
}
export const faceAdvice: Reader<FaceAdvice> = record({ zh: text, action, retry: flag, judged: flag })
const faceSettlement: Reader<FaceSettlement> = record({
  state: oneOf('verified', 'passed', 'failed', 'pending'),
  verifyOrderId: orNull(text),
  advice: orNull(faceAdvice),
})
const ncidasCheck: Reader<NcidasCheckView> = record({
  id: text,
  parameters: record({ orgID: text, businessID: text, bizSeq: text, type: count }),
})

export const startFaceCheck = (input: FaceOrder) =>
  request('/api/v1/face-checks', { method: 'POST', body: input, read: faceCheck })

/** Without a code it only asks how the check ended; with a fresh one the platform is told. */
export const settleFaceCheck = (id: string, wechatCode: string | undefined) =>
  request(`/api/v1/face-checks/${encodeURIComponent(id)}/settle`, {
    method: 'POST',
    body: wechatCode === undefined ? {} : { wechatCode },
    read: faceSettlement,
  })

export const startNcidasCheck = (input: FaceOrder & { readonly phone: PhoneSystem }) =>
  request('/api/v1/ncidas-checks', { method: 'POST', body: input, read: ncidasCheck })

/** What `wx.ncidas` answered; only the gateway's own question decides. */
export const settleNcidasCheck = (id: string, result: Readonly<Record<string, unknown>>) =>
  request(`/api/v1/ncidas-checks/${encodeURIComponent(id)}/result`, {
    method: 'POST',
    body: { result },
    read: faceSettlement,
  })
