import { z } from 'zod'
import type { Http } from '../platform/http/build-http.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { type FaceRoom, settleFaceCheck, startFaceCheck } from './face-page.ts'

const tags = ['身份验证']

/** The face page's branch: start a check for the platform's order, settle it. */
export function registerVerificationRoutes(http: Http, room: FaceRoom): void {
  http.post(
    '/api/v1/face-checks',
    {
      schema: {
        summary: '人脸页：按平台订单开始核验',
        tags,
        body: z.strictObject({
          orderId: z.string().min(1).max(256),
          verifyType: z.number().int().min(0).max(999),
          redirectUrl: z.string().max(2_048),
        }),
        response: {
          200: z.object({ id: z.string(), verifyId: z.string(), bridgePage: z.string().nullable() }),
        },
      },
    },
    async (request) => startFaceCheck(room, await sessionOf(room, request), request.body),
  )
  http.post(
    '/api/v1/face-checks/:id/settle',
    {
      schema: {
        summary: '人脸页：由服务器查询结果并通知平台',
        tags,
        params: z.object({ id: z.string().min(1).max(64) }),
        body: z.strictObject({ wechatCode: z.string().min(1).max(512) }),
        response: { 200: z.object({ verifyOrderId: z.string().nullable() }) },
      },
    },
    async (request) =>
      settleFaceCheck(room, await sessionOf(room, request), request.params.id, request.body.wechatCode),
  )
}
