import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { doneSchema, of, ROOT } from '../console/api-parts.ts'
import type { RefundsConsole } from '../console/routes.ts'
import { listAlarms, noteSeen } from './refund-alarm.ts'

const tags = ['运营后台：退款']

const alarmsSchema = z.object({
  alarms: z.array(
    z.object({
      kind: z.enum(['low-funds']).describe('low-funds：运营账户低于医院设的下限，或低于当天预计需要'),
      ...{ sinceMs: z.number(), lookedAtMs: z.number() },
      availableFen: z.number().nullable().describe('null：没有可用的余额数字，而微信答复过余额不足'),
      neededFen: z.number(),
      ...{ seenBy: z.string().nullable(), seenAtMs: z.number().nullable() },
    }),
  ),
})

export function registerAlarmApi(http: Http, room: RefundsConsole): void {
  http.get(
    `${ROOT}/alarms`,
    {
      schema: { summary: '现在的报警', tags, querystring: of, response: answers(alarmsSchema) },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = wantedHospital(room, who, request.query.hospital)
      return { alarms: [...(await room.database.inTransaction(id, listAlarms))] }
    },
  )

  http.post(
    `${ROOT}/alarms/:kind/seen`,
    {
      schema: {
        summary: '报警已经有人处理；情况好转时自行消失',
        tags,
        params: z.object({ kind: z.enum(['low-funds']) }),
        body: of,
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.alarms')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { id } = wantedHospital(room, who, request.body.hospital)
      const noted = await room.database.inTransaction(id, (tx) => noteSeen(tx, room, request.params.kind, by))
      return { state: noted ? 'noted' : 'not-open' }
    },
  )
}
