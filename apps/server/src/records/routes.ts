import { z } from 'zod'
import { answers, neverCached } from '../platform/http/answers.ts'
import type { Http } from '../platform/http/build-http.ts'
import { errorBodySchema } from '../platform/http/error-body.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { loadExplainers } from './indicators/load-explainers.ts'
import { listRecords } from './list-records.ts'
import { recordPrinter } from './pdf/record-printer.ts'
import { printRecord } from './print-record.ts'
import { RECORD_KINDS, recordDetailSchema, recordListSchema, trendSchema } from './record-views.ts'
import type { RecordsParts, RecordsRoom } from './room.ts'
import { showRecord } from './show-record.ts'
import { showTrend } from './show-trend.ts'

const tags = ['报告与记录']
const kind = z.enum(RECORD_KINDS).describe('检验、检查、体检、住院日清单、处方、诊断')
const patientId = z.string().min(1).max(64)
const day = z.string().max(10).optional()
const one = z.object({ kind, key: z.string().min(1).max(1_024) })
const whose = z.object({ patientId })

/** （五）查询业务. Every answer stands behind a grant of the kind's purpose, is audited first and never cached. */
export function registerRecordRoutes(http: Http, parts: RecordsParts): void {
  const printer = recordPrinter()
  http.addHook('onClose', () => printer.close())
  const room: RecordsRoom = { ...parts, explainerOf: loadExplainers(parts.hospitals), printer }

  http.get(
    '/api/v1/records/:kind',
    {
      schema: {
        summary: '报告列表：默认最近一年，一次最多三年',
        tags,
        params: z.object({ kind }),
        querystring: z.object({
          patientId,
          from: day.describe('从哪一天，年-月-日'),
          to: day.describe('到哪一天，年-月-日'),
        }),
        response: answers(recordListSchema),
      },
      onRequest: neverCached,
    },
    async (request) =>
      listRecords(room, await sessionOf(room, request), { ...request.params, ...request.query }),
  )

  http.get(
    '/api/v1/records/:kind/trend',
    {
      schema: {
        summary: '一个指标历次结果',
        tags,
        params: z.object({ kind: z.enum(['lab', 'check-up']) }),
        querystring: z.object({
          patientId,
          indicator: z.string().min(1).max(64).describe('报告中指标的 id'),
        }),
        response: answers(trendSchema),
      },
      onRequest: neverCached,
    },
    async (request) =>
      showTrend(room, await sessionOf(room, request), { ...request.params, ...request.query }),
  )

  http.get(
    '/api/v1/records/:kind/:key',
    {
      schema: {
        summary: '报告内容，带异常标记和指标说明',
        tags,
        params: one,
        querystring: whose,
        response: answers(recordDetailSchema),
      },
      onRequest: neverCached,
    },
    async (request) =>
      showRecord(room, await sessionOf(room, request), { ...request.params, ...request.query }),
  )

  http.get(
    '/api/v1/records/:kind/:key/pdf',
    {
      schema: {
        summary: '下载报告 PDF',
        tags,
        params: one,
        querystring: whose,
        response: {
          200: {
            description: 'PDF 文件',
            content: { 'application/pdf': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
          },
          '4xx': errorBodySchema,
          '5xx': errorBodySchema,
        },
      },
      onRequest: neverCached,
    },
    async (request, reply) => {
      const session = await sessionOf(room, request)
      const { bytes, fileName } = await printRecord(room, session, { ...request.params, ...request.query })
      return reply
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .type('application/pdf')
        .send(bytes)
    },
  )
}
