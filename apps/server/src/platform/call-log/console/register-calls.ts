import { z } from 'zod'
import { AppError } from '../../errors/catalogue.ts'
import { answers, neverCached } from '../../http/answers.ts'
import type { Http } from '../../http/build-http.ts'
import { listWish, pageOf } from '../../operators/list-page.ts'
import type { OperatorsRoom } from '../../operators/session-routes.ts'
import { wantedHospital } from '../../operators/wanted-hospital.ts'
import { queryOf } from '../requery/queries.ts'
import { type RequeryRoom, requeryCall } from '../requery/requery-call.ts'
import { callWish } from './call-wish.ts'
import { type CallRow, findCall, listCalls } from './list-calls.ts'

const ROOT = '/api/v1/console/calls'
const PAGE = 50
const tags = ['运营后台：接口调用']
const { hospital } = listWish
const callSchema = z.object({
  ...{ id: z.string(), startedAtMs: z.number().int(), durationMs: z.number().int() },
  ...{ platform: z.string(), operation: z.string(), requestId: z.string(), traceId: z.string() },
  outcome: z.enum(['yes', 'no', 'unknown']).describe('unknown：没有答复，或答复说明不了结果'),
  code: z.string(),
})
const content = z.record(z.string(), z.unknown())

const freshSchema = z.object({
  outcome: z.enum(['yes', 'no', 'unknown']),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).describe('状态、金额'),
  traceId: z.string().describe('用它在接口调用里找到这一次'),
})

export interface CallsRoom extends OperatorsRoom, RequeryRoom {}

/** What was asked of the platforms and the HIS. Only looked at, and queries asked again: nothing that changes something is sent from here. */
export function registerCalls(http: Http, room: CallsRoom): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: '向微信、健康卡平台、HIS 等发出的调用，最新的在前，每页 50 条',
        tags,
        querystring: callWish.extend({ hospital, before: z.coerce.number().int().positive().optional() }),
        response: answers(z.object({ calls: z.array(callSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, room.operators.guard('calls.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, room.operators.of(request), name)
      const rows = await room.database.read(id, (tx) => listCalls(tx, wish, PAGE + 1))
      const page = pageOf(rows, PAGE, viewOf, (row) => `${row.id}`)
      return { calls: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        summary: '一次调用：遮盖后的请求和答复',
        tags,
        params: z.object({ id: z.coerce.number().int().positive() }),
        querystring: z.object({ hospital }),
        response: answers(
          callSchema.extend({
            ...{ request: content, reply: content.nullable() },
            canRequery: z.boolean().describe('是查询，可以重新查'),
          }),
        ),
      },
      onRequest: [neverCached, room.operators.guard('calls.read')],
    },
    async (request) => {
      const { id } = wantedHospital(room, room.operators.of(request), request.query.hospital)
      const call = await room.database.read(id, (tx) => findCall(tx, request.params.id))
      if (!call) throw new AppError('not-found', { zh: '没有这次调用，或已经过了保留时间。' })
      const canRequery = queryOf(call) !== undefined
      return {
        ...viewOf(call),
        request: shown(call.request),
        reply: call.reply && shown(call.reply),
        canRequery,
      }
    },
  )

  http.post(
    `${ROOT}/:id/requery`,
    {
      schema: {
        summary: '把一次查询重新查一次；办理类的调用一律拒绝',
        tags,
        params: z.object({ id: z.coerce.number().int().positive() }),
        body: z.object({ hospital, reason: z.string().trim().min(2).max(200).describe('原因，记入审计') }),
        response: answers(freshSchema),
      },
      onRequest: [neverCached, room.operators.guard('calls.requery')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const chosen = wantedHospital(room, who, request.body.hospital)
      const { reason } = request.body
      const fresh = await requeryCall(room, chosen, request.params.id, { by: who.id, reason })
      return { ...fresh, facts: { ...fresh.facts } }
    },
  )
}

function viewOf(row: CallRow) {
  return {
    ...{ id: `${row.id}`, startedAtMs: row.started_at_ms, durationMs: row.duration_ms },
    ...{ platform: row.platform, operation: row.operation, requestId: row.request_id },
    ...{ traceId: row.trace_id, outcome: row.outcome, code: row.code },
  }
}

/** What is kept encrypted for a dispute is not opened here, nor shown as it is. */
function shown(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (!('sealed' in content)) return { ...content }
  const { sealed: _sealed, message: _message, ...rest } = content
  return { ...rest, 内容: '加密保存，有争议时由数据管理员取出' }
}
