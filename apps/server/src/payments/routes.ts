import { type NotifyAnswer, refuseNotification, type SignedMessage } from '@zhangyi/wechat-pay'
import { z } from 'zod'
import type { Http } from '../platform/http/build-http.ts'
import { errorBodySchema } from '../platform/http/error-body.ts'
import { registerPaymentsChecks } from './checks/register-checks.ts'
import { findMerchant } from './merchant.ts'
import { receiveNotice } from './notices/receive-notice.ts'
import type { PaymentsRoom } from './room.ts'

const MAX_BODY_BYTES = 64 * 1024

const params = z.object({ hospital: z.string().min(1).max(64) })
// What fails before the handler (too large, too many) has our own form; WeChat looks at the status only.
const refused = z.union([z.object({ code: z.literal('FAIL'), message: z.string() }), errorBodySchema])

/** 支付和退款结果通知. Signed over the very bytes, so that nothing reads the body before it is verified. */
export function registerPaymentRoutes(http: Http, room: PaymentsRoom): void {
  registerPaymentsChecks(room)
  http.register(async (raw: Http) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    raw.post(
      '/api/v1/payments/notify/:hospital',
      {
        bodyLimit: MAX_BODY_BYTES,
        schema: {
          summary: '微信支付通知：支付成功、退款结果（由微信调用，验签）',
          tags: ['支付'],
          params,
          response: { 204: z.null(), '4xx': refused, '5xx': refused },
        },
      },
      async (request, reply) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const message = { headers: request.headers, rawBody }
        const { status, body } = await answer(room, request.params.hospital, message)
        return reply.status(status).send(body ?? null)
      },
    )
  })
}

const NOT_HERE: NotifyAnswer = { status: 404, body: { code: 'FAIL', message: 'no merchant here' } }

async function answer(room: PaymentsRoom, name: string, message: SignedMessage): Promise<NotifyAnswer> {
  const hospital = room.hospitals.find(name)
  if (!hospital?.wechatPay) return NOT_HERE
  try {
    const merchant = findMerchant(room, hospital.id)
    return merchant ? await receiveNotice(room, merchant, message) : NOT_HERE
  } catch (error) {
    // Unusable key files: WeChat sends it again, and they may be mended by then.
    room.log.error({ err: error, hospital: hospital.id }, 'callback of WeChat Pay could not be read')
    return refuseNotification('not-stored')
  }
}
