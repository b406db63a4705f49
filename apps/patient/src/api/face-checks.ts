import { request } from '../session/signed-in-request.ts'
import { orNull, type Reader, record, text } from './read.ts'
import type { FaceCheckView, FaceResultView } from './types.ts'

const faceCheck: Reader<FaceCheckView> = record({ id: text, verifyId: text, bridgePage: orNull(text) })
const faceResult: Reader<FaceResultView> = record({ verifyOrderId: orNull(text) })

export type FaceOrder = {
  readonly orderId: string
  readonly verifyType: number
  readonly redirectUrl: string
}

export const startFaceCheck = (input: FaceOrder) =>
  request('/api/v1/face-checks', { method: 'POST', body: input, read: faceCheck })

export const settleFaceCheck = (id: string, wechatCode: string) =>
  request(`/api/v1/face-checks/${encodeURIComponent(id)}/settle`, {
    method: 'POST',
    body: { wechatCode },
    read: faceResult,
  })
