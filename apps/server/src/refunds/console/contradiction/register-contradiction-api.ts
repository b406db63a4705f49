import { z } from 'zod'
import { answers } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import { doneSchema, of, ROOT } from '../api-parts.ts'
import { reasonSchema as reason } from '../inputs.ts'
import type { RefundsConsole } from '../routes.ts'
import { markContradictionDone } from './mark-contradiction-done.ts'

const tags = ['运营后台：退款']
const params = z.object({ id: z.string().min(1).max(64) })
const contradiction = z
  .string()
  .min(1)
  .max(4_000)
  .describe('看到的矛盾，和 acts.contradiction 一样；变了就不标记')

/** 标记为已处理: of what WeChat said against the end of a refund. */
export function registerContradictionApi(http: Http, room: RefundsConsole): void {
  http.post(
    `${ROOT}/legs/:id/contradiction-done`,
    {
      schema: {
        summary: '微信推翻的、已了结的退款，已经在别处处理：不再列为需要处理的；钱和状态都不变。原因写进审计',
        ...{ tags, params, body: of.extend({ contradiction, reason }), response: answers(doneSchema) },
      },
      onRequest: [room.operators.guard('refunds.bill')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { hospital, ...seen } = request.body
      const wanted = wantedHospital(room, who, hospital).id
      await markContradictionDone(room, wanted, { legId: request.params.id, by, ...seen })
      return { state: 'marked' }
    },
  )
}
