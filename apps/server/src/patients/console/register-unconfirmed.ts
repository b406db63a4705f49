import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { listWish, pageOf, placeText } from '../../platform/operators/list-page.ts'
import type { OperatorsRoom } from '../../platform/operators/session-routes.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { CONFIRM_STATES, unconfirmedSchema } from './console-views.ts'
import {
  confirmByOperator,
  refuseByOperator,
  unconfirmedQuery,
  viewUnconfirmed,
} from './unconfirmed-archives.ts'

const ROOT = '/api/v1/console/unconfirmed-archives'
const PAGE = 50
const tags = ['运营后台：建档']
const { hospital, before } = listWish
const decisionSchema = z.strictObject({
  hospital,
  patid: z.string().min(1).max(80).describe('院内档案号'),
  reason: z.string().trim().min(2, '请写明原因').max(200),
})

/** Archives that were made for somebody whom nobody verified. */
export function registerUnconfirmed(http: Http, room: OperatorsRoom): void {
  const { operators, database, cipher, clock } = room
  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '没有确认的院内档案，等得久的在前，每页 50 份', tags },
        querystring: z.object({ hospital, before, state: z.enum(CONFIRM_STATES).default('waiting') }),
        response: answers(z.object({ archives: z.array(unconfirmedSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('enrolments.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), name)
      return database.inTransaction(id, async (tx) => {
        const { rows } = await unconfirmedQuery(id, wish, PAGE + 1).execute(tx.sql)
        const page = pageOf(
          rows,
          PAGE,
          (row) => row,
          (row) => placeText({ atMs: row.created_at_ms, id: row.patid }),
        )
        return { archives: [...(await viewUnconfirmed(tx, cipher, page.rows))], next: page.next }
      })
    },
  )

  http.post(
    `${ROOT}/confirm`,
    {
      schema: {
        ...{ summary: '核对过证件和档案，确认是本人的；原因写进审计', tags },
        ...{ body: decisionSchema, response: answers(z.object({})) },
      },
      onRequest: [neverCached, operators.guard('enrolments.work')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital: name, ...wanted } = request.body
      const { id } = wantedHospital(room, who, name)
      const decision = { ...wanted, operator: who.id, nowMs: clock.nowMs() }
      await database.inTransaction(id, (tx) => confirmByOperator(tx, decision))
      return {}
    },
  )

  http.post(
    `${ROOT}/refuse`,
    {
      schema: {
        ...{ summary: '核对没有通过：档案保持未确认，不再等待；原因写进审计', tags },
        ...{ body: decisionSchema, response: answers(z.object({})) },
      },
      onRequest: [neverCached, operators.guard('enrolments.work')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital: name, ...wanted } = request.body
      const { id } = wantedHospital(room, who, name)
      const decision = { ...wanted, operator: who.id, nowMs: clock.nowMs() }
      await database.inTransaction(id, (tx) => refuseByOperator(tx, decision))
      return {}
    },
  )
}
