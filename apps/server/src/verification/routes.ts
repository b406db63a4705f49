import { z } from 'zod'
import { withReturn } from '../platform/callbacks/with-return.ts'
import type { Http } from '../platform/http/build-http.ts'
import { errorBodySchema } from '../platform/http/error-body.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { sendCode } from './fallback/send-code.ts'
import { useFallback } from './fallback/use-fallback.ts'
import { listGrants } from './grants/list-grants.ts'
import { checkAgain } from './orders/check-again.ts'
import { receiveResult } from './orders/receive-result.ts'
import { reportFailed } from './orders/report-failed.ts'
import { viewOrder } from './orders/show-order.ts'
import { startVerification } from './orders/start-verification.ts'
import type { VerificationRoom } from './room.ts'
import {
  fallbackInputSchema,
  grantViewSchema,
  resultInputSchema,
  sentCodeSchema,
  startVerificationSchema,
  verificationViewSchema,
} from './verification-view.ts'

const tags = ['身份验证']
const params = z.object({ id: z.string().min(1).max(64) })
const errors = { '4xx': errorBodySchema, '5xx': errorBodySchema }
const response = { 200: verificationViewSchema, ...errors }

/** （五）查询业务的身份认证. Every answer is the verification's view; its `step` names the page to show next. */
export function registerVerificationRoutes(http: Http, room: VerificationRoom): void {
  http.post(
    '/api/v1/verifications',
    {
      schema: {
        summary: '实人验证：为一位就诊人的一种用途开始',
        tags,
        body: startVerificationSchema,
        response,
      },
    },
    async (request) => startVerification(room, await sessionOf(room, request), request.body),
  )
  http.get(
    '/api/v1/verifications/:id',
    { schema: { summary: '查看验证进行到哪一步', tags, params, response } },
    async (request) => viewOrder(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/verifications/:id/result',
    {
      schema: { summary: '平台回跳：由服务器查询验证结果', tags, params, body: resultInputSchema, response },
    },
    async (request) => {
      const session = await sessionOf(room, request)
      const { id } = request.params
      return withReturn(room, session, { kind: 'verify-result', number: id }, () =>
        receiveResult(room, session, id, request.body.registerOrderId),
      )
    },
  )
  http.post(
    '/api/v1/verifications/:id/failed',
    { schema: { summary: '平台回跳：验证失败或放弃', tags, params, response } },
    async (request) => reportFailed(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/verifications/:id/check',
    { schema: { summary: '没有查到结果时再查一次', tags, params, response } },
    async (request) => checkAgain(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/verifications/:id/code',
    {
      schema: {
        summary: '兜底：把短信验证码发到医院留存的手机号',
        tags,
        params,
        response: { 200: sentCodeSchema, ...errors },
      },
    },
    async (request) => sendCode(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/verifications/:id/fallback',
    {
      schema: {
        summary: '兜底：后四位或就诊卡号加短信验证码',
        tags,
        params,
        body: fallbackInputSchema,
        response,
      },
    },
    async (request) => useFallback(room, await sessionOf(room, request), request.params.id, request.body),
  )
  http.get(
    '/api/v1/grants',
    {
      schema: {
        summary: '当前用户还有效的授权',
        tags,
        response: { 200: z.array(grantViewSchema), ...errors },
      },
    },
    async (request) => listGrants(room, await sessionOf(room, request)),
  )
}
