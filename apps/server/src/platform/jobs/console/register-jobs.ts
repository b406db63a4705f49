import { MINUTE_MS } from '@zhangyi/core'
import { z } from 'zod'
import { recordAudit } from '../../audit/record-audit.ts'
import { AppError } from '../../errors/catalogue.ts'
import { answers, neverCached } from '../../http/answers.ts'
import type { Http } from '../../http/build-http.ts'
import { currentTraceId } from '../../http/trace.ts'
import { INSTALLATION } from '../../operators/accounts/account.ts'
import { listWish, pageOf, placeText } from '../../operators/list-page.ts'
import type { OperatorsRoom } from '../../operators/session-routes.ts'
import type { DueWork } from '../due-work.ts'
import { type FailedJobRow, listFailedJobs, type QueueRow, readQueues, retryJob } from './read-jobs.ts'
import { workName } from './work-words.ts'

const ROOT = '/api/v1/console/jobs'
const PAGE = 50
const tags = ['运营后台：后台任务']
const name = z.string().max(80)
const queueSchema = z.object({
  ...{ name: z.string(), zh: z.string().describe('做什么') },
  ...{ waiting: z.number().int(), active: z.number().int(), failed: z.number().int() },
  lastAtMs: z.number().int().nullable().describe('上一次做完的时间'),
  lastState: z.enum(['completed', 'failed', 'cancelled']).nullable(),
  everyMinutes: z.number().int().nullable().describe('最多隔多久看一次；有事时立刻做'),
  nextAtMs: z.number().int().nullable().describe('没有人叫醒时下一次看的时间'),
})
const failedSchema = z.object({
  ...{ id: z.string(), queue: z.string(), zh: z.string(), createdAtMs: z.number().int() },
  ...{ failedAtMs: z.number().int(), tries: z.number().int() },
  problem: z.string().describe('错误的种类；内容只在日志里'),
})

/**
 * What the background does, for the whole installation. A job is a wake-up: the work looks for what is due by itself, so
 * doing one again is harmless, and there is no data in it to be shown.
 */
export function registerJobs(http: Http, room: OperatorsRoom, works: readonly DueWork[]): void {
  const { operators, database, clock } = room

  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '各项后台任务：等待、进行、失败，上次和下次', tags },
        response: answers(z.object({ queues: z.array(queueSchema) })),
      },
      onRequest: [neverCached, operators.guard('jobs.read')],
    },
    async () => {
      const rows = await database.read(INSTALLATION, readQueues)
      const known = new Map(rows.map((row) => [row.name, row]))
      const nowMs = clock.nowMs()
      return { queues: works.map((work) => viewOf(work, known.get(work.name), nowMs)) }
    },
  )

  http.get(
    `${ROOT}/failed`,
    {
      schema: {
        ...{ summary: '失败的任务，最新的在前，每页 50 条', tags },
        querystring: z.object({ queue: name.optional(), before: listWish.before }),
        response: answers(z.object({ jobs: z.array(failedSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('jobs.read')],
    },
    async (request) => {
      const rows = await database.read(INSTALLATION, (tx) => listFailedJobs(tx, request.query, PAGE + 1))
      const page = pageOf(rows, PAGE, failedOf, ({ failed_at_ms: atMs, id }) => placeText({ atMs, id }))
      return { jobs: page.rows, next: page.next }
    },
  )

  http.post(
    `${ROOT}/:id/retry`,
    {
      schema: {
        ...{ summary: '重做一个失败的任务', tags, params: z.object({ id: z.string().max(80) }) },
        body: z.object({
          queue: name,
          reason: z.string().trim().min(2).max(200).describe('原因，记入审计'),
        }),
        response: answers(z.object({})),
      },
      onRequest: [neverCached, operators.guard('jobs.work')],
    },
    async (request) => {
      const { id } = request.params
      const { queue, reason } = request.body
      if (!z.uuid().safeParse(id).success) throw new AppError('not-found')
      const who = operators.of(request)
      await database.inTransaction(INSTALLATION, async (tx) => {
        if (!(await retryJob(tx, queue, id))) throw new AppError('job-refused')
        recordAudit(tx, {
          ...{ atMs: clock.nowMs(), actor: `operator:${who.id}`, action: 'jobs.retried', subject: id },
          ...{ traceId: currentTraceId(), detail: { queue, reason } },
        })
      })
      return {}
    },
  )
}

function viewOf({ name, everyMinutes }: DueWork, row: QueueRow | undefined, nowMs: number) {
  const everyMs = everyMinutes * MINUTE_MS
  return {
    ...{ name, zh: workName(name), everyMinutes },
    ...{ waiting: row?.waiting ?? 0, active: row?.active ?? 0, failed: row?.failed ?? 0 },
    ...{ lastAtMs: row?.last_at_ms ?? null, lastState: row?.last_state ?? null },
    // Every so many minutes of each hour.
    nextAtMs: (Math.floor(nowMs / everyMs) + 1) * everyMs,
  }
}

function failedOf(row: FailedJobRow) {
  return {
    ...{ id: row.id, queue: row.name, zh: workName(row.name), createdAtMs: row.created_at_ms },
    ...{ failedAtMs: row.failed_at_ms, tries: row.tries },
    problem: row.problem !== null && /^\w{1,60}$/.test(row.problem) ? row.problem : 'Error',
  }
}
