import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { listWish, pageOf, placeMade } from '../../platform/operators/list-page.ts'
import type { OperatorsRoom } from '../../platform/operators/session-routes.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { REASONS } from '../verification-view.ts'
import {
  ASSURANCES,
  FACE_PURPOSES,
  FACE_STATES,
  faceSchema,
  GRANT_STATES,
  grantSchema,
  orderDetailSchema,
  orderSchema,
  purposeSchema,
  STAGES,
} from './console-views.ts'
import { facesQuery, viewFace } from './list-faces.ts'
import { grantsQuery, viewGrant } from './list-grants.ts'
import { ordersQuery } from './list-orders.ts'
import { showVerification, viewOrder } from './show-order.ts'
import { voidGrant } from './void-grant.ts'

const ROOT = '/api/v1/console'
const PAGE = 50
const tags = ['运营后台：核验与授权']
const params = z.object({ id: z.string().min(1).max(80) })
const next = z.string().nullable()

/** （五）实人验证 for operators: orders, face checks and grants. Nothing here passes anybody. */
export function registerVerificationConsole(http: Http, room: OperatorsRoom): void {
  const { operators, database, clock } = room
  http.get(
    `${ROOT}/verifications`,
    {
      schema: {
        ...{ summary: '实人验证，最新的在前，每页 50 次', tags },
        querystring: z.object({
          ...listWish,
          number: listWish.number.describe('验证、用户、就诊人、授权的编号，或出错页上的追踪号'),
          stage: z.enum(STAGES).optional(),
          purpose: purposeSchema.optional(),
          reason: z.enum(REASONS).optional(),
        }),
        response: answers(z.object({ verifications: z.array(orderSchema), next })),
      },
      onRequest: [neverCached, operators.guard('verifications.read')],
    },
    async (request) => {
      const { hospital, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), hospital)
      const nowMs = clock.nowMs()
      const { rows } = await database.read(id, (tx) => ordersQuery(id, wish, nowMs, PAGE + 1).execute(tx.sql))
      const page = pageOf(rows, PAGE, (row) => viewOrder(row, nowMs), placeMade)
      return { verifications: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/verifications/:id`,
    {
      schema: {
        ...{ summary: '一次验证：经过、次数、授权', tags, params },
        querystring: z.object({ hospital: listWish.hospital }),
        response: answers(orderDetailSchema),
      },
      onRequest: [neverCached, operators.guard('verifications.read')],
    },
    async (request) => {
      const of = wantedHospital(room, operators.of(request), request.query.hospital)
      const { id } = request.params
      return database.inTransaction(of.id, (tx) => showVerification(tx, of, id, clock.nowMs()))
    },
  )

  http.get(
    `${ROOT}/face-checks`,
    {
      schema: {
        ...{ summary: '人脸核验，最新的在前，每页 50 次', tags },
        querystring: z.object({
          ...listWish,
          number: listWish.number.describe('核验、微信流水号、用户、授权的编号'),
          state: z.enum(FACE_STATES).optional(),
          purpose: z.enum(FACE_PURPOSES).optional(),
        }),
        response: answers(z.object({ faceChecks: z.array(faceSchema), next })),
      },
      onRequest: [neverCached, operators.guard('verifications.read')],
    },
    async (request) => {
      const { hospital, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), hospital)
      const { rows } = await database.read(id, (tx) => facesQuery(id, wish, PAGE + 1).execute(tx.sql))
      const page = pageOf(rows, PAGE, viewFace, placeMade)
      return { faceChecks: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/grants`,
    {
      schema: {
        ...{ summary: '授权，最新的在前，每页 50 个', tags },
        querystring: z.object({
          ...listWish,
          number: listWish.number.describe('授权、用户、就诊人、验证或用掉它的业务的编号'),
          state: z.enum(GRANT_STATES).optional(),
          purpose: purposeSchema.optional(),
          assurance: z.enum(ASSURANCES).optional(),
        }),
        response: answers(z.object({ grants: z.array(grantSchema), next })),
      },
      onRequest: [neverCached, operators.guard('verifications.read')],
    },
    async (request) => {
      const { hospital, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), hospital)
      const nowMs = clock.nowMs()
      const { rows } = await database.read(id, (tx) => grantsQuery(id, wish, nowMs, PAGE + 1).execute(tx.sql))
      const page = pageOf(rows, PAGE, (row) => viewGrant(row, nowMs), placeMade)
      return { grants: page.rows, next: page.next }
    },
  )

  http.post(
    `${ROOT}/grants/:id/void`,
    {
      schema: {
        ...{ summary: '作废一个还有效的授权，马上生效；原因写进审计', tags, params },
        body: z.strictObject({
          hospital: listWish.hospital,
          reason: z.string().trim().min(2, '请写明原因').max(200),
        }),
        response: answers(grantSchema),
      },
      onRequest: [neverCached, operators.guard('grants.void')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital, reason } = request.body
      const { id } = wantedHospital(room, who, hospital)
      const wanted = { id: request.params.id, reason }
      return database.inTransaction(id, (tx) => voidGrant(tx, clock, who.id, wanted))
    },
  )
}
