import { z } from 'zod'
import { AppError } from '../errors/catalogue.ts'
import { neverCached } from '../http/answers.ts'
import type { Http } from '../http/build-http.ts'
import { errorBodySchema } from '../http/error-body.ts'
import type { OperatorsRoom } from '../operators/session-routes.ts'
import type { LiveHub } from './live-hub.ts'
import { LiveStream } from './live-stream.ts'

const EVENT_STREAM = 'text/event-stream'
/** A browser that lost its stream comes back after so long. */
const RETRY_MS = 5_000

/** What changed, as it changes. Names pages and hospitals, and never a person or a sum. */
export function registerLive(http: Http, { operators }: OperatorsRoom, hub: LiveHub): void {
  // A server that ends would otherwise wait for whoever listens.
  http.addHook('preClose', async () => hub.endAll())

  http.get(
    '/api/v1/console/events',
    {
      schema: {
        summary: '有变化时的提示（server-sent events）：{"hospital","topic"}；topic 是 * 时全部重新看',
        tags: ['运营后台：实时'],
        response: {
          200: {
            description: '一直开着，直到退出或会话过期',
            content: { [EVENT_STREAM]: { schema: z.any().meta({ type: 'string' }) } },
          },
          ...{ '4xx': errorBodySchema, '5xx': errorBodySchema },
        },
      },
      onRequest: [neverCached, operators.guard('home.read')],
    },
    (request, reply) => {
      if (!request.headers.accept?.includes(EVENT_STREAM))
        throw new AppError('bad-input', { zh: `这个地址只给 ${EVENT_STREAM}。` })
      const stream = new LiveStream(operators.of(request), reply.raw, () => operators.stillLets(request))
      const forget = hub.open(stream)
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      // Not collected by a proxy into larger pieces.
      reply.raw.writeHead(200, { 'content-type': EVENT_STREAM, 'x-accel-buffering': 'no' })
      reply.raw.write(`retry: ${RETRY_MS}\n\n`)
      reply.raw.on('close', forget)
      reply.raw.on('error', forget)
    },
  )
}
