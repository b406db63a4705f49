import { z } from 'zod'
import { campaignWay, exportCampaign } from '../../notices/index.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { errorBodySchema } from '../../platform/http/error-body.ts'
import { listWish } from '../../platform/operators/list-page.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { ROOT as CONSOLE, of } from '../console/api-parts.ts'
import { reasonSchema } from '../console/inputs.ts'
import type { RefundsConsole } from '../console/routes.ts'
import { previewTargets } from '../ledger/preview-targets.ts'
import { campaignSchema, campaignsSchema, previewSchema, wantedSchema, waySchema } from './campaign-views.ts'
import { pauseLedgerCampaign, runLedgerCampaign } from './change-ledger-campaign.ts'
import { createLedgerCampaign } from './create-ledger-campaign.ts'
import { listLedgerCampaigns, showLedgerCampaign } from './list-ledger-campaigns.ts'

const tags = ['运营后台：余额提醒']
const ROOT = `${CONSOLE}/campaigns`
const params = z.object({ id: z.string().min(1).max(64) })

/** Campaigns to patients with an old balance: who is told comes from the ledger. */
export function registerCampaignApi(http: Http, room: RefundsConsole): void {
  registerViews(http, room)
  registerChanges(http, room)
  registerExport(http, room)
}

function registerViews(http: Http, room: RefundsConsole): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: '批量通知和进展，最新的在前，每页 20 个',
        tags,
        querystring: of.extend({ before: listWish.before }),
        response: answers(campaignsSchema),
      },
      onRequest: [neverCached, room.operators.guard('campaigns.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = wantedHospital(room, who, request.query.hospital)
      return room.database.inTransaction(id, (tx) => listLedgerCampaigns(tx, request.query.before))
    },
  )
  http.get(
    `${ROOT}/way`,
    {
      schema: {
        summary: '批量通知的时间、速度、渠道和消息的样子，按医院的设置',
        tags,
        querystring: of,
        response: answers(waySchema),
      },
      onRequest: [neverCached, room.operators.guard('campaigns.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      return shownWay(wantedHospital(room, who, request.query.hospital), room.clock.nowMs())
    },
  )
  http.post(
    `${ROOT}/preview`,
    {
      schema: {
        summary: '新建之前：会通知多少人、其中多少联系得到、消息是什么样子；什么都不改变',
        tags,
        body: of.extend(wantedSchema.shape),
        response: answers(previewSchema),
      },
      onRequest: [neverCached, room.operators.guard('campaigns.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { hospital: name, ...wanted } = request.body
      const hospital = wantedHospital(room, who, name)
      const preview = await room.database.inTransaction(hospital.id, (tx) => previewTargets(tx, wanted))
      return { ...preview, way: shownWay(hospital, room.clock.nowMs()) }
    },
  )
  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        summary: '一个批量通知的进展',
        tags,
        params,
        querystring: of,
        response: answers(campaignSchema),
      },
      onRequest: [neverCached, room.operators.guard('campaigns.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = wantedHospital(room, who, request.query.hospital)
      return room.database.inTransaction(id, (tx) => showLedgerCampaign(tx, request.params.id))
    },
  )
}

/** As the schema's types want it: arrays that could be changed. */
function shownWay(hospital: Hospital, nowMs: number): z.output<typeof waySchema> {
  const { samples, ...rest } = campaignWay(hospital, nowMs)
  return { ...rest, samples: samples.map(({ channel, lines }) => ({ channel, lines: [...lines] })) }
}

function registerChanges(http: Http, room: RefundsConsole): void {
  http.post(
    ROOT,
    {
      schema: {
        summary: '新建批量通知：名单在后台从台账整理，整理完才能开始',
        tags,
        body: of.extend({
          name: z
            .string()
            .trim()
            .min(2, '请写名称，至少两个字')
            .max(60, '名称最多 60 个字')
            .describe('名称，不要写个人信息'),
          ...wantedSchema.shape,
        }),
        response: answers(campaignSchema),
      },
      onRequest: [room.operators.guard('campaigns.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { hospital, ...wanted } = request.body
      return room.database.inTransaction(wantedHospital(room, who, hospital).id, async (tx) =>
        showLedgerCampaign(tx, await createLedgerCampaign(tx, room, { ...wanted, by })),
      )
    },
  )
  for (const [action, summary, change] of [
    ['run', '开始，或在暂停之后继续；每天 8:00–21:00 按设定的速度发送', runLedgerCampaign],
    ['pause', '暂停：除了正在发出的，不再通知任何人', pauseLedgerCampaign],
  ] as const)
    http.post(
      `${ROOT}/:id/${action}`,
      {
        schema: { summary, tags, params, body: of, response: answers(campaignSchema) },
        onRequest: [room.operators.guard('campaigns.work')],
      },
      async (request) => {
        const who = room.operators.of(request)
        const { id: by } = who
        const { id } = request.params
        return room.database.inTransaction(
          wantedHospital(room, who, request.body.hospital).id,
          async (tx) => {
            await change(tx, room, id, by)
            return showLedgerCampaign(tx, id)
          },
        )
      },
    )
}

function registerExport(http: Http, room: RefundsConsole): void {
  http.post(
    `${ROOT}/:id/unreachable`,
    {
      schema: {
        summary: '导出微信通知不到的人（CSV，完整的姓名和电话），供短信或电话通知；记入审计',
        tags,
        params,
        body: of.extend({ reason: reasonSchema }),
        response: {
          200: {
            description: '表格',
            content: { 'text/csv': { schema: z.any().meta({ type: 'string' }) } },
          },
          '4xx': errorBodySchema,
          '5xx': errorBodySchema,
        },
      },
      onRequest: [neverCached, room.operators.guard('campaigns.export')],
    },
    async (request, reply) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { id } = request.params
      const csv = await room.database.inTransaction(
        wantedHospital(room, who, request.body.hospital).id,
        async (tx) => {
          await showLedgerCampaign(tx, id)
          return exportCampaign(tx, room, id, { by, reason: request.body.reason })
        },
      )
      reply.header('content-disposition', `attachment; filename="unreachable-${id}.csv"`)
      return reply.type('text/csv; charset=utf-8').send(csv)
    },
  )
}
