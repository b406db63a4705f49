import { z } from 'zod'
import { AppError } from '../../errors/catalogue.ts'
import { answers, neverCached } from '../../http/answers.ts'
import type { Http } from '../../http/build-http.ts'
import { listWish, pageOf } from '../../operators/list-page.ts'
import type { OperatorsRoom } from '../../operators/session-routes.ts'
import { wantedHospital } from '../../operators/wanted-hospital.ts'
import { type CallbackRow, findCallback, listCallbacks } from './list-callbacks.ts'

const ROOT = '/api/v1/console/callbacks'
const PAGE = 50
const tags = ['运营后台：平台回调']
const text = z.string().trim().min(1).max(128).optional()
const { hospital, from, to } = listWish
const outcome = z.enum(['stored', 'handled', 'duplicate', 'foreign', 'ignored', 'refused'])
const callbackSchema = z.object({
  ...{ id: z.string(), receivedAtMs: z.number().int(), platform: z.string(), kind: z.string() },
  signature: z.enum(['good', 'bad', 'none']).describe('none：平台不签名，用一次性的码去换取'),
  number: z.string(),
  outcome: outcome.describe('foreign：不是我们的单号；ignored：不处理的种类'),
  ...{ code: z.string().describe('拒绝的原因'), traceId: z.string() },
})
const facts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** What the platforms told us, and what it led to. */
export function registerCallbacks(http: Http, room: OperatorsRoom): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: '微信支付、微信、健康卡平台的回调，最新的在前，每页 50 条',
        tags,
        querystring: z.object({
          ...{ hospital, platform: text, number: text.describe('单号，或追踪号') },
          outcome: outcome.or(z.literal('trouble')).optional().describe('trouble：被拒绝的和不是我们的'),
          ...{ from, to, before: z.coerce.number().int().positive().optional() },
        }),
        response: answers(z.object({ callbacks: z.array(callbackSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, room.operators.guard('callbacks.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, room.operators.of(request), name)
      const rows = await room.database.read(id, (tx) => listCallbacks(tx, wish, PAGE + 1))
      const page = pageOf(rows, PAGE, viewOf, (row) => `${row.id}`)
      return { callbacks: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        summary: '一次回调：说了什么（不含个人信息），办成了什么',
        tags,
        params: z.object({ id: z.coerce.number().int().positive() }),
        querystring: z.object({ hospital }),
        response: answers(callbackSchema.extend({ facts })),
      },
      onRequest: [neverCached, room.operators.guard('callbacks.read')],
    },
    async (request) => {
      const { id } = wantedHospital(room, room.operators.of(request), request.query.hospital)
      const row = await room.database.read(id, (tx) => findCallback(tx, request.params.id))
      if (!row) throw new AppError('not-found', { zh: '没有这次回调，或已经过了保留时间。' })
      return { ...viewOf(row), facts: { ...row.facts } }
    },
  )
}

function viewOf(row: CallbackRow) {
  return {
    ...{ id: `${row.id}`, receivedAtMs: row.received_at_ms, platform: row.platform, kind: row.kind },
    ...{ signature: row.signature, number: row.number, outcome: row.outcome, code: row.code },
    traceId: row.trace_id,
  }
}
