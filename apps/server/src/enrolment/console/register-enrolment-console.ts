import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { listWish, pageOf, placeMade } from '../../platform/operators/list-page.ts'
import type { Operators } from '../../platform/operators/operators.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import type { EnrolmentTables } from '../flow.ts'
import type { EnrolmentRoom } from '../room.ts'
import { bindAgain } from './bind-again.ts'
import { viewBinding } from './binding-view.ts'
import { bindingSchema, detailSchema, listedSchema } from './console-views.ts'
import { flowWish } from './flow-wish.ts'
import { flowsQuery } from './list-flows.ts'
import { showFlow, viewListed } from './show-flow.ts'

export interface EnrolmentConsole extends EnrolmentRoom {
  readonly operators: Operators
}

const ROOT = '/api/v1/console/enrolments'
const PAGE = 50
const tags = ['运营后台：建档']
const { hospital } = listWish
const id = z.string().min(1).max(80)

/** （二）建档 for operators: what is under way, what stopped and why, and the bindings that wait for a person. */
export function registerEnrolmentConsole(http: Http, room: EnrolmentConsole): void {
  const { operators, database, clock } = room
  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '建档流程，最新的在前，每页 50 次', tags },
        querystring: flowWish.extend({ hospital, before: listWish.before }),
        response: answers(z.object({ flows: z.array(listedSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('enrolments.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id: of } = wantedHospital(room, operators.of(request), name)
      const nowMs = clock.nowMs()
      const { rows } = await database.read(of, (tx) => flowsQuery(of, wish, nowMs, PAGE + 1).execute(tx.sql))
      const page = pageOf(rows, PAGE, (row) => viewListed(row, nowMs), placeMade)
      return { flows: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        ...{ summary: '一次建档：每一步、授权码、绑定，和操作员能做什么', tags },
        ...{ params: z.object({ id }), querystring: z.object({ hospital }), response: answers(detailSchema) },
      },
      onRequest: [neverCached, operators.guard('enrolments.read')],
    },
    async (request) => {
      const { id: of } = wantedHospital(room, operators.of(request), request.query.hospital)
      return database.inTransaction(of, (tx) => showFlow(tx, room.cipher, request.params.id, clock.nowMs()))
    },
  )

  http.get(
    '/api/v1/console/card-bindings',
    {
      schema: {
        ...{ summary: '试了几天没有绑定上的健康卡，最多 50 个', tags },
        querystring: z.object({ hospital }),
        response: answers(z.object({ bindings: z.array(bindingSchema) })),
      },
      onRequest: [neverCached, operators.guard('enrolments.read')],
    },
    async (request) => {
      const { id: of } = wantedHospital(room, operators.of(request), request.query.hospital)
      const rows = await database.read(of, (tx) =>
        tx.sql
          .withTables<EnrolmentTables>()
          .selectFrom('card_binding')
          .selectAll()
          .where('hospital_id', '=', tx.hospitalId)
          .where('state', '=', 'parked')
          .orderBy('patient_id')
          .limit(PAGE)
          .execute(),
      )
      return { bindings: rows.map(viewBinding) }
    },
  )

  http.post(
    '/api/v1/console/card-bindings/again',
    {
      schema: {
        ...{ summary: '重新绑定：向平台和 HIS 再说一次，重复没有害处', tags },
        body: z.strictObject({
          ...{ hospital, patientId: id, cardId: id },
          reason: z.string().trim().min(2, '请写明原因').max(200),
        }),
        response: answers(z.object({})),
      },
      onRequest: [neverCached, operators.guard('enrolments.work')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital: name, ...wanted } = request.body
      const { id: of } = wantedHospital(room, who, name)
      await database.inTransaction(of, (tx) => bindAgain(tx, room, who.id, wanted))
      return {}
    },
  )
}
