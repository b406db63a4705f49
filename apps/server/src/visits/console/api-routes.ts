import { z } from 'zod'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { listWish, pageOf, placeMade } from '../../platform/operators/list-page.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import type { VisitsConsole } from './console-room.ts'
import { findTroubles } from './find-troubles.ts'
import { findVisit } from './find-visit.ts'
import { lookAgainAt, notFound } from './look-again.ts'
import { markProblemDone } from './mark-problem-done.ts'
import { searchVisits } from './search-visits.ts'
import { viewVisitDetail, viewVisits } from './view-visit.ts'
import {
  lookSchema,
  problemDoneSchema,
  type VisitDetail,
  visitDetailSchema,
  visitsSchema,
} from './visit-schemas.ts'
import { visitWish } from './visit-wish.ts'

const ROOT = '/api/v1/console/visits'
const PAGE = 50
const tags = ['运营后台：挂号与缴费']
const { hospital, before } = listWish
const one = z.object({ id: z.string().min(1).max(64) })

/** Orders as an operator sees them: looked at, asked after, and said to be cleared up. Nobody orders or pays from here. */
export function registerVisitsApi(http: Http, room: VisitsConsole): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: `挂号和缴费订单，最新的在前，每页 ${PAGE} 条`,
        tags,
        querystring: visitWish.extend({ hospital, before }),
        response: answers(visitsSchema),
      },
      onRequest: [neverCached, room.operators.guard('visits.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, room.operators.of(request), name)
      return room.database.inTransaction(id, async (tx) => {
        const { rows, troubles } = await searchVisits(tx, wish, room.clock.nowMs(), PAGE + 1)
        const page = pageOf(rows, PAGE, (row) => row, placeMade)
        return { visits: await viewVisits(tx, room.cipher, page.rows, troubles), next: page.next }
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
      onRequest: [neverCached, room.operators.guard('visits.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const wanted = wantedHospital(room, who, request.body.hospital)
      await lookAgainAt(room, wanted.id, who.id, { ...request.params, reason: request.body.reason })
      return show(room, wanted, request.params.id)
    },
  )

  http.post(
    `${ROOT}/:id/problem-done`,
    {
      schema: {
        summary: '付款的问题已经在别处处理：不再列为要人处理的；钱和订单都不变。原因写进审计',
        tags,
        params: one,
        body: problemDoneSchema,
        response: answers(visitDetailSchema),
      },
      onRequest: [neverCached, room.operators.guard('visits.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { hospital: name, ...said } = request.body
      const wanted = wantedHospital(room, who, name)
      await markProblemDone(room, wanted.id, who.id, { ...request.params, ...said })
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
    const row = await findVisit(tx, orderId)
    if (!row) throw notFound()
    const nowMs = clock.nowMs()
    return viewVisitDetail(tx, cipher, row, (await findTroubles(tx, nowMs)).get(row.id), nowMs)
  })
}
