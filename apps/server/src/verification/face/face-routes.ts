import { z } from 'zod'
import type { Http } from '../../platform/http/build-http.ts'
import { sessionOf } from '../../platform/sessions/session-of.ts'
import type { FaceRoom } from './face-check.ts'
import { ncidasParametersSchema } from './ncidas/national-identity.ts'
import { settleNcidasCheck } from './ncidas/settle-ncidas-check.ts'
import { startNcidasCheck } from './ncidas/start-ncidas-check.ts'
import { platformOrderSchema } from './order/ask-order-person.ts'
import { orderSettlementSchema } from './order/order-settlement.ts'
import { settleOrderCheck } from './order/settle-order-check.ts'
import { startOrderCheck } from './order/start-order-check.ts'

const tags = ['身份验证']
const params = z.object({ id: z.string().min(1).max(64) })
const MAX_RESULT_CHARACTERS = 8_192

/** The pages to which the platform branches: face, and the national network identity. */
export function registerFaceRoutes(http: Http, room: FaceRoom): void {
  http.post(
    '/api/v1/face-checks',
    {
      schema: {
        summary: '人脸页：按平台订单开始核验',
        tags,
        body: platformOrderSchema,
        response: {
          200: z.object({
            id: z.string(),
            verifyId: z.string().describe('交给 wx.requestFacialVerify'),
            bridgePage: z.string().nullable().describe('只在开发模式：代替微信人脸界面的沙箱页面'),
          }),
        },
      },
    },
    async (request) => startOrderCheck(room, await sessionOf(room, request), request.body),
  )
  http.post(
    '/api/v1/face-checks/:id/settle',
    {
      schema: {
        summary: '由服务器查询核验结果；带上新取得的 wechatCode 时通知平台',
        tags,
        params,
        body: z.strictObject({ wechatCode: z.string().min(1).max(512).optional() }),
        response: { 200: orderSettlementSchema },
      },
    },
    async (request) =>
      settleOrderCheck(room, await sessionOf(room, request), request.params.id, request.body.wechatCode),
  )
  http.post(
    '/api/v1/ncidas-checks',
    {
      schema: {
        summary: '国家网络身份认证页：按平台订单开始认证',
        tags,
        body: platformOrderSchema.extend({ phone: z.enum(['android', 'ios', 'harmony', 'other']) }),
        response: { 200: z.object({ id: z.string(), parameters: ncidasParametersSchema }) },
      },
    },
    async (request) => startNcidasCheck(room, await sessionOf(room, request), request.body),
  )
  http.post(
    '/api/v1/ncidas-checks/:id/result',
    {
      schema: {
        summary: '国家网络身份认证页：交回手机的结果，由服务器核实；之后同人脸页一样结算',
        tags,
        params,
        body: z.strictObject({
          result: z
            .record(z.string().max(64), z.unknown())
            .refine((result) => JSON.stringify(result).length <= MAX_RESULT_CHARACTERS),
        }),
        response: { 200: orderSettlementSchema },
      },
    },
    async (request) =>
      settleNcidasCheck(room, await sessionOf(room, request), request.params.id, request.body.result),
  )
}
