import { DAY_MS, shanghaiMidnight } from '@zhangyi/core'
import { z } from 'zod'
import { findSubjectsByNumber } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { badInput } from '../../platform/errors/catalogue.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import type { OrderRow, VisitsTables } from '../order-row.ts'
import { STATES } from '../order-states.ts'
import { ORDER_KINDS } from '../visit-views.ts'
import type { VisitsConsole } from './console-room.ts'
import { findTroubles } from './find-troubles.ts'
import { findVisitIds, listVisits, type VisitKey, visitCursor } from './list-visits.ts'
import { lookAgainAt, notFound } from './look-again.ts'
import { viewVisitDetail, viewVisits } from './view-visit.ts'
import { lookSchema, type VisitDetail, visitDetailSchema, visitsSchema } from './visit-schemas.ts'

const ROOT = '/api/v1/console/visits'
const PAGE = 50
const tags = ['运营后台：挂号与缴费']
const hospital = z.string().max(40).optional().describe('不写就是第一家医院')
const day = z.iso.date().optional()
const one = z.object({ id: z.string().min(1).max(64) })

/** Orders as an operator sees them. They are only looked at, and asked after: nobody orders or pays from here. */
export function registerVisitsApi(http: Http, room: VisitsConsole): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: `挂号和缴费订单，最新的在前，每页 ${PAGE} 条`,
        tags,
        querystring: z.object({
          ...{ hospital, kind: z.enum(ORDER_KINDS).optional() },
          state: z
            .enum([...STATES, 'trouble'])
            .optional()
            .describe('trouble：要人处理的'),
          number: z
            .string()
            .trim()
            .min(1)
            .max(80)
            .optional()
            .describe('订单号、HIS 的预约号或缴费单号、商户订单号、微信支付订单号、退款单号'),
          ...{ from: day, to: day, before: z.string().max(100).optional() },
        }),
        response: answers(visitsSchema),
      },
      onRequest: [neverCached, room.operators.guard('visits.read')],
    },
    async (request) => {
      const { hospital: name, from, to, before, state, number, kind } = request.query
      const { id } = wantedHospital(room, room.operators.of(request), name)
      const key = before === undefined ? undefined : keyOf(before)
      return room.database.inTransaction(id, async (tx) => {
        const troubles = await findTroubles(tx, room.clock.nowMs())
        const ofNumber = number === undefined ? undefined : await idsOf(tx, number)
        const ids =
          state === 'trouble'
            ? [...troubles.keys()].filter((one) => ofNumber?.includes(one) ?? true)
            : ofNumber
        const rows = await listVisits(
          tx,
          {
            ...{ kind, ids, before: key, state: state === 'trouble' ? undefined : state },
            fromMs: from === undefined ? undefined : shanghaiMidnight(from),
            untilMs: to === undefined ? undefined : shanghaiMidnight(to) + DAY_MS,
          },
          PAGE + 1,
        )
        const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
        return {
          visits: await viewVisits(tx, room.cipher, rows.slice(0, PAGE), troubles),
          ...(last && { next: visitCursor(last) }),
        }
      })
    },
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        summary: '一个订单：下单、付款、HIS 登记、退号和退款的经过；姓名遮盖，没有费用明细',
        tags,
        params: one,
        querystring: z.object({ hospital }),
        response: answers(visitDetailSchema),
      },
      onRequest: [neverCached, room.operators.guard('visits.read')],
    },
    async (request) => {
      const wanted = wantedHospital(room, room.operators.of(request), request.query.hospital)
      return show(room, wanted, request.params.id)
    },
  )

  http.post(
    `${ROOT}/:id/look`,
    {
      schema: {
        summary: '向微信和 HIS 再查询一次结果；只查询。原因写进审计',
        tags,
        params: one,
        body: lookSchema,
        response: answers(visitDetailSchema),
      },
      onRequest: [neverCached, room.operators.guard('visits.look')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const wanted = wantedHospital(room, who, request.body.hospital)
      await lookAgainAt(room, wanted.id, who.id, { ...request.params, reason: request.body.reason })
      return show(room, wanted, request.params.id)
    },
  )
}

function show(
  { database, cipher, clock }: VisitsConsole,
  { id }: Hospital,
  orderId: string,
): Promise<VisitDetail> {
  return database.inTransaction(id, async (tx) => {
    const row = await findOrder(tx, orderId)
    if (!row) throw notFound()
    const nowMs = clock.nowMs()
    return viewVisitDetail(tx, cipher, row, (await findTroubles(tx, nowMs)).get(row.id), nowMs)
  })
}

function findOrder(tx: Tx, orderId: string): Promise<OrderRow | undefined> {
  return tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .executeTakeFirst()
}

async function idsOf(tx: Tx, number: string): Promise<readonly string[]> {
  return [...(await findVisitIds(tx, number)), ...(await findSubjectsByNumber(tx, 'visits', number))]
}

function keyOf(text: string): VisitKey {
  const [, atMs, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(text) ?? []
  if (atMs === undefined || id === undefined)
    throw badInput({ field: 'before', message: '用上一页答复里的 next' })
  return { atMs: Number(atMs), id }
}
