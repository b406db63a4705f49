import { answerUrlCheck, type CallbackOptions, WechatCallbackError } from '@zhangyi/wechat'
import { z } from 'zod'
import { recordRefusal } from '../platform/callbacks/record-refusal.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Http } from '../platform/http/build-http.ts'
import { errorBodySchema } from '../platform/http/error-body.ts'
import { callbackOptions } from './callback/callback-options.ts'
import { receiveEvent } from './callback/receive-event.ts'
import { registerNoticesCheck } from './check-notices.ts'
import type { NoticesRoom } from './room.ts'

const MAX_BODY_BYTES = 64 * 1024
const PATH = '/api/v1/notices/callback/:hospital'

const text = z.string()
const asked = text.max(600).optional()
const schema = {
  tags: ['通知'],
  params: z.object({ hospital: text.min(1).max(64) }),
  querystring: z.object({
    timestamp: asked,
    nonce: asked,
    signature: asked.describe('地址核对的签名'),
    msg_signature: asked.describe('安全模式下消息的签名'),
    echostr: asked.describe('地址核对时原样答复'),
  }),
  response: { 200: text, '4xx': z.union([text, errorBodySchema]), '5xx': z.union([text, errorBodySchema]) },
} as const

/** 公众号消息推送, safe mode: whether template messages arrived. The body is read by nobody before it is verified. */
export function registerNoticeRoutes(http: Http, room: NoticesRoom): void {
  registerNoticesCheck(room)
  http.register(async (raw: Http) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    raw.get(
      PATH,
      { schema: { ...schema, summary: '公众号消息推送：微信核对地址（由微信调用，验签）' } },
      async ({ params, query }, reply) => {
        const { status, text } = await answer(room, params.hospital, async (_hospital, options) =>
          answerUrlCheck(options, query),
        )
        return reply.status(status).type('text/plain; charset=utf-8').send(text)
      },
    )
    raw.post(
      PATH,
      {
        bodyLimit: MAX_BODY_BYTES,
        schema: { ...schema, summary: '公众号消息推送：模板消息的送达结果（由微信调用，验签、解密）' },
      },
      async ({ params, query, body }, reply) => {
        const { status, text } = await answer(room, params.hospital, async (hospital, options) => {
          await receiveEvent(room, hospital, options, query, typeof body === 'string' ? body : '')
          return 'success'
        })
        return reply.status(status).type('text/plain; charset=utf-8').send(text)
      },
    )
  })
}

interface Answer {
  readonly status: 200 | 401 | 404 | 503
  readonly text: string
}

async function answer(
  room: NoticesRoom,
  name: string,
  work: (hospital: Hospital, options: CallbackOptions) => Promise<string>,
): Promise<Answer> {
  const hospital = room.hospitals.find(name)
  try {
    const options = hospital && callbackOptions(room, hospital)
    if (!options) return { status: 404, text: 'no message push here' }
    return { status: 200, text: await work(hospital, options) }
  } catch (error) {
    if (error instanceof WechatCallbackError) {
      room.log.warn({ hospital: name, why: error.problem }, 'message push refused')
      if (hospital)
        await recordRefusal(room, hospital.id, {
          ...{ platform: 'weixin', kind: '', number: '', code: error.problem },
          signature: ['cipher', 'appid'].includes(error.problem) ? 'good' : 'bad',
        })
      return { status: 401, text: error.problem }
    }
    // WeChat sends it again: three times within seconds.
    room.log.error({ err: error, hospital: name }, 'message push could not be stored')
    return { status: 503, text: 'not stored' }
  }
}
