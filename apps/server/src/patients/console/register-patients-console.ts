import { z } from 'zod'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { listWish, pageOf, placeMade } from '../../platform/operators/list-page.ts'
import type { OperatorsRoom } from '../../platform/operators/session-routes.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { detailSchema, listedSchema, SEARCH_BY, unmaskedSchema } from './console-views.ts'
import { patientsQuery, peopleQuery } from './find-people.ts'
import { registerUnconfirmed } from './register-unconfirmed.ts'
import { showPatient, unmaskPatient } from './show-patient.ts'
import { viewListed } from './view-patient.ts'

const ROOT = '/api/v1/console/patients'
const PAGE = 50
const tags = ['运营后台：患者']
const { hospital } = listWish
const params = z.object({ id: z.string().min(1).max(80) })

/** 患者 for operators: always masked, but for who gives a reason. */
export function registerPatientsConsole(http: Http, room: OperatorsRoom): void {
  const { operators, database, cipher, clock } = room
  registerUnconfirmed(http, room)
  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '就诊人，最新的在前，每页 50 位；姓名和号码遮盖', tags },
        querystring: z.object({
          ...listWish,
          number: listWish.number.describe('就诊卡号、健康卡号、院内档案号，或就诊人、用户的编号'),
          state: listedSchema.shape.state.optional(),
        }),
        response: answers(z.object({ patients: z.array(listedSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('patients.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), name)
      const { rows } = await database.read(id, (tx) =>
        patientsQuery(id, cipher, wish, PAGE + 1).execute(tx.sql),
      )
      const page = pageOf(rows, PAGE, (row) => viewListed(cipher, row), placeMade)
      return { patients: page.rows, next: page.next }
    },
  )

  http.post(
    `${ROOT}/search`,
    {
      schema: {
        ...{ summary: '按证件号码、姓名或手机号找就诊人，完全相同的；最多 50 位；谁找的写进审计', tags },
        body: z.strictObject({
          ...{ hospital, by: z.enum(SEARCH_BY) },
          text: z.string().trim().min(2, '请写完整').max(60),
        }),
        response: answers(z.object({ patients: z.array(listedSchema), isCut: z.boolean() })),
      },
      onRequest: [neverCached, operators.guard('patients.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital: name, ...wish } = request.body
      const { id } = wantedHospital(room, who, name)
      const nowMs = clock.nowMs()
      return database.inTransaction(id, async (tx) => {
        const { rows } = await peopleQuery(id, cipher, wish, nowMs, PAGE + 1).execute(tx.sql)
        recordAudit(tx, {
          ...{ atMs: nowMs, actor: `operator:${who.id}`, action: 'patients.searched', subject: 'patients' },
          ...{ traceId: currentTraceId(), detail: { by: wish.by, found: Math.min(rows.length, PAGE) } },
        })
        return {
          patients: rows.slice(0, PAGE).map((row) => viewListed(cipher, row)),
          isCut: rows.length > PAGE,
        }
      })
    },
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        ...{ summary: '一位就诊人，姓名和号码遮盖；谁看的写进审计', tags, params },
        ...{ querystring: z.object({ hospital }), response: answers(detailSchema) },
      },
      onRequest: [neverCached, operators.guard('patients.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const of = wantedHospital(room, who, request.query.hospital)
      return database.inTransaction(of.id, (tx) => showPatient(tx, room, of, who.id, request.params.id))
    },
  )

  http.post(
    `${ROOT}/:id/unmask`,
    {
      schema: {
        ...{ summary: '一位就诊人的姓名和号码，不遮盖；原因写进审计', tags, params },
        body: z.strictObject({ hospital, reason: z.string().trim().min(2, '请写明原因').max(200) }),
        response: answers(unmaskedSchema),
      },
      onRequest: [neverCached, operators.guard('patients.unmask')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital: name, reason } = request.body
      const { id } = wantedHospital(room, who, name)
      return database.inTransaction(id, (tx) =>
        unmaskPatient(tx, room, who.id, { id: request.params.id, reason }),
      )
    },
  )
}
