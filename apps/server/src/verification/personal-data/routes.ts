import { z } from 'zod'
import type { Http } from '../../platform/http/build-http.ts'
import { errorBodySchema } from '../../platform/http/error-body.ts'
import { sessionOf } from '../../platform/sessions/session-of.ts'
import { changePersonalData } from './change-personal-data.ts'
import { personalDataChangeSchema, personalDataSchema } from './personal-data-view.ts'
import type { PersonalDataRoom } from './room.ts'
import { showPersonalData } from './show-personal-data.ts'

const tags = ['个人信息']
const params = z.object({ id: z.string().min(1).max(64) })
const response = { 200: personalDataSchema, '4xx': errorBodySchema, '5xx': errorBodySchema }

/** （四）修改个人信息. */
export function registerPersonalDataRoutes(http: Http, room: PersonalDataRoom): void {
  http.get(
    '/api/v1/patients/:id/personal-data',
    { schema: { summary: '查看个人信息（需要验证，不隐去）', tags, params, response } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return showPersonalData(room, await sessionOf(room, request), request.params.id)
    },
  )
  http.put(
    '/api/v1/patients/:id/personal-data',
    {
      schema: {
        summary: '修改手机号或住址（需要真人验证）',
        tags,
        params,
        body: personalDataChangeSchema,
        response,
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return changePersonalData(room, await sessionOf(room, request), request.params.id, request.body)
    },
  )
}
