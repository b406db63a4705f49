import { z } from 'zod'
import type { Http } from '../platform/http/build-http.ts'
import { errorBodySchema } from '../platform/http/error-body.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { cardCodeViewSchema } from './card-code-view.ts'
import type { CardCodeRoom } from './room.ts'
import { showCardCode } from './show-card-code.ts'

/** （四）展码. */
export function registerCardCodeRoutes(http: Http, room: CardCodeRoom): void {
  http.get(
    '/api/v1/patients/:id/card-code',
    {
      schema: {
        summary: '展码：健康卡的二维码，或兜底的就诊卡码',
        tags: ['展码'],
        params: z.object({ id: z.string().min(1).max(64) }),
        querystring: z.object({
          type: z.enum(['dynamic', 'static']).optional().describe('不填则按医院配置'),
        }),
        response: { 200: cardCodeViewSchema, '4xx': errorBodySchema, '5xx': errorBodySchema },
      },
    },
    async (request, reply) => {
      // Who finds the phone later finds no code in its cache.
      reply.header('cache-control', 'no-store')
      return showCardCode(room, await sessionOf(room, request), request.params.id, request.query.type)
    },
  )
}
