import { Readable } from 'node:stream'
import { HOUR_MS, type HospitalId, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import { answers, neverCached } from '../http/answers.ts'
import type { Http } from '../http/build-http.ts'
import { errorBodySchema } from '../http/error-body.ts'
import { may } from '../operators/access/permissions.ts'
import { INSTALLATION, type Operator } from '../operators/accounts/account.ts'
import { wantedHospital } from '../operators/wanted-hospital.ts'
import { askExport, countRows, wishedFilters } from './ask-export.ts'
import { type ExportRow, FORMATS } from './export-row.ts'
import { allowedKind, exportedHospital } from './find-kind.ts'
import { cancelExport, listOwnExports, takeExport } from './own-exports.ts'
import type { ExportsRoom } from './room.ts'

const ROOT = '/api/v1/console/exports'
const tags = ['运营后台：导出']
const hospital = z
  .string()
  .max(40)
  .optional()
  .describe('医院；不写是看得到的第一家；installation：账号和登录的审计')
const wish = {
  hospital,
  kind: z.string().max(40).describe('导出什么，如 calls、audit'),
  filters: z
    .record(z.string().max(40), z.string().max(200))
    .refine((given) => Object.keys(given).length <= 20)
    .default({})
    .describe('和列表的搜索条件一样'),
}
const exportSchema = z.object({
  ...{ id: z.string(), hospital: z.string(), kind: z.string(), name: z.string().describe('中文名称') },
  format: z.enum(FORMATS),
  state: z.enum(['waiting', 'working', 'done', 'failed']),
  rowsExpected: z.number().int().nullable().describe('一共多少条；超过 1000 条不先数'),
  ...{ rowsDone: z.number().int(), bytesDone: z.number().int(), isCut: z.boolean() },
  ...{ createdAtMs: z.number().int(), finishedAtMs: z.number().int().nullable() },
  removedAtMs: z.number().int().nullable().describe('写完以后保存到什么时候'),
})
const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
const file = z.any().meta({ type: 'string', format: 'binary' })

/**
 * Tables to take along, for every page. The guard lets in whoever is signed in: which kinds an account may ask for, and
 * take, is decided by the kind's own permission.
 */
export function registerExports(http: Http, room: ExportsRoom): void {
  const guard = room.operators.guard('home.read')
  const ownAt = (who: Operator, id: string | undefined): HospitalId =>
    id === INSTALLATION && may(who.role, 'audit.read') ? INSTALLATION : wantedHospital(room, who, id).id

  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '自己的导出，最新的在前', tags, querystring: z.object({ hospital }) },
        response: answers(z.object({ exports: z.array(exportSchema) })),
      },
      onRequest: [neverCached, guard],
    },
    async (request) => {
      const who = room.operators.of(request)
      const chosen = ownAt(who, request.query.hospital)
      const all = may(who.role, 'audit.read') ? [...new Set([chosen, INSTALLATION])] : [chosen]
      const rows: ExportRow[] = []
      for (const one of all) rows.push(...(await room.database.read(one, (tx) => listOwnExports(tx, who))))
      rows.sort((one, other) => other.created_at_ms - one.created_at_ms)
      return { exports: rows.map((row) => viewOf(room, row)) }
    },
  )

  http.post(
    `${ROOT}/count`,
    {
      schema: {
        ...{ summary: '会导出多少条（超过 1000 条不数）', tags, body: z.object(wish) },
        response: answers(z.object({ rows: z.number().int().nullable() })),
      },
      onRequest: [neverCached, guard],
    },
    async (request) => {
      const who = room.operators.of(request)
      const kind = allowedKind(room, who, request.body.kind)
      const whose = exportedHospital(room, who, kind, request.body.hospital)
      const filters = wishedFilters(kind, request.body.filters)
      return { rows: (await countRows(room, whose, kind, filters)) ?? null }
    },
  )

  http.post(
    ROOT,
    {
      schema: {
        ...{ summary: '要求导出：后台写文件，记入审计', tags },
        body: z.object({
          ...wish,
          format: z.enum(FORMATS),
          reason: z.string().trim().max(200).default('').describe('用途；有的导出必须写明'),
        }),
        response: answers(exportSchema),
      },
      onRequest: [neverCached, guard],
    },
    async (request) => {
      const { hospital: whose, ...wished } = request.body
      return viewOf(room, await askExport(room, room.operators.of(request), { ...wished, hospital: whose }))
    },
  )

  http.post(
    `${ROOT}/:id/cancel`,
    {
      schema: {
        ...{ summary: '取消，或删掉已经写好的文件', tags, params: z.object({ id: z.string().max(80) }) },
        ...{ body: z.object({ hospital }), response: answers(z.object({})) },
      },
      onRequest: [neverCached, guard],
    },
    async (request) => {
      const who = room.operators.of(request)
      await cancelExport(room, who, ownAt(who, request.body.hospital), request.params.id)
      return {}
    },
  )

  http.get(
    `${ROOT}/:id/file`,
    {
      schema: {
        ...{ summary: '下载写好的文件，记入审计；只给要求导出的账号', tags },
        ...{ params: z.object({ id: z.string().max(80) }), querystring: z.object({ hospital }) },
        response: {
          200: {
            description: '表格，逐段送出',
            content: { 'text/csv': { schema: file }, [CONTENT_TYPES.xlsx]: { schema: file } },
          },
          ...{ '4xx': errorBodySchema, '5xx': errorBodySchema },
        },
      },
      onRequest: [neverCached, guard],
    },
    async (request, reply) => {
      const who = room.operators.of(request)
      const { row, pieces } = await takeExport(
        room,
        who,
        ownAt(who, request.query.hospital),
        request.params.id,
      )
      const name = `${row.kind}-${row.hospital_id}-${shanghaiDay(row.created_at_ms)}.${row.format}`
      reply.header('content-disposition', `attachment; filename="${name}"`)
      return reply.type(CONTENT_TYPES[row.format]).send(Readable.from(pieces))
    },
  )
}

function viewOf({ kinds, settings }: ExportsRoom, row: ExportRow) {
  return {
    ...{ id: row.id, hospital: row.hospital_id, kind: row.kind, format: row.format, state: row.state },
    name: kinds.find(({ name }) => name === row.kind)?.zh ?? row.kind,
    ...{ rowsExpected: row.rows_expected, rowsDone: row.rows_done, bytesDone: row.bytes_done },
    ...{ isCut: row.is_cut, createdAtMs: row.created_at_ms, finishedAtMs: row.finished_at_ms },
    removedAtMs: row.finished_at_ms === null ? null : row.finished_at_ms + settings.exportKeepHours * HOUR_MS,
  }
}
