import { sensitive } from '@zhangyi/core'
import { z } from 'zod'
import { findReceipt } from '../../payments/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { errorBodySchema } from '../../platform/http/error-body.ts'
import { listWish, pageOf } from '../../platform/operators/list-page.ts'
import type { Operators } from '../../platform/operators/operators.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { canRelease } from '../legs/ask-his.ts'
import { findLeg } from '../legs/find-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { doneSchema, of, ROOT } from './api-parts.ts'
import { registerBillApi } from './bill/register-bill-api.ts'
import { caseDetail } from './case-detail.ts'
import { caseDetailSchema, listedLeg, listedLegsSchema, shownCase } from './console-views.ts'
import { registerContradictionApi } from './contradiction/register-contradiction-api.ts'
import { registerFunds } from './funds/register-funds.ts'
import { giveBackLeg } from './give-back-leg.ts'
import { abnormalSchema, reasonSchema as reason } from './inputs.ts'
import { registerCaseList } from './list/register-case-list.ts'
import { LEG_LISTS, listOpenLegs, placeOfLeg } from './list-open-legs.ts'
import { mendAbnormal } from './mend-abnormal.ts'
import { decideReissue, reissueLeg } from './reissue/reissue-leg.ts'
import { registerWindowApi } from './window/register-window-api.ts'

/** What the operators' side of this room is given. */
export interface RefundsConsole extends RefundsRoom {
  readonly operators: Pick<Operators, 'guard' | 'of'>
}

const tags = ['运营后台：退款']
const PAGE = 50
const id = z.string().min(1).max(64)

/** What clerks do with refunds; whoever works is known from the cookie of the sign-in. */
export function registerRefundConsole(http: Http, room: RefundsConsole): void {
  registerCaseList(http, room)
  registerReading(http, room)
  registerRepairing(http, room)
  registerBillApi(http, room)
  registerWindowApi(http, room)
  registerContradictionApi(http, room)
  registerFunds(http, room)
}

function registerReading(http: Http, room: RefundsConsole): void {
  http.get(
    `${ROOT}/legs`,
    {
      schema: {
        summary: '没有办完的退款，等得最久的在前：单边订单、超时未决、待接收等',
        tags,
        querystring: of.extend({ list: z.enum(LEG_LISTS), before: listWish.before }),
        response: answers(listedLegsSchema),
      },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { hospital: name, ...wish } = request.query
      const nowMs = room.clock.nowMs()
      const rows = await room.database.inTransaction(wantedHospital(room, who, name).id, (tx) =>
        listOpenLegs(tx, { ...wish, nowMs, limit: PAGE + 1 }),
      )
      const page = pageOf(rows, PAGE, (leg) => listedLeg(leg, nowMs), placeOfLeg)
      return { legs: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/cases/:id`,
    {
      schema: {
        summary: '一笔退款的全部经过：各部分、单号、状态、通知（姓名和卡号已遮盖）',
        tags,
        params: z.object({ id }),
        querystring: of,
        response: answers(caseDetailSchema),
      },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const hospital = wantedHospital(room, who, request.query.hospital)
      const detail = await room.database.inTransaction(hospital.id, (tx) =>
        caseDetail(tx, room, request.params.id),
      )
      const { secondPersonFromFen } = hospital.refunds
      const canGiveBack = (leg: LegRow) => canRelease(room, hospital.id, leg)
      return shownCase(detail, { operator: who.id, secondPersonFromFen, canGiveBack })
    },
  )

  http.get(
    `${ROOT}/legs/:id/receipt`,
    {
      schema: {
        ...{ summary: '已付转账的电子回单（PDF）', tags, params: z.object({ id }), querystring: of },
        response: { 200: z.instanceof(Buffer), '4xx': errorBodySchema, '5xx': errorBodySchema },
      },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request, reply) => {
      const who = room.operators.of(request)
      const { id: hospitalId } = wantedHospital(room, who, request.query.hospital)
      const file = await room.database.inTransaction(hospitalId, async (tx) => {
        const leg = await findLeg(tx, request.params.id)
        return leg?.payout_id == null ? undefined : findReceipt(tx, room, leg.payout_id)
      })
      if (!file) throw new AppError('not-found', { zh: '这笔退款还没有取到电子回单。' })
      reply.header('content-disposition', `attachment; filename="receipt-${request.params.id}.pdf"`)
      return reply.type('application/pdf').header('x-content-type-options', 'nosniff').send(file)
    },
  )
}

function registerRepairing(http: Http, room: RefundsConsole): void {
  http.post(
    `${ROOT}/legs/:id/reissue`,
    {
      schema: {
        summary: '生成新订单号退款：只对单边订单，先向微信查询；超过金额要第二个人复核',
        tags,
        params: z.object({ id }),
        body: of.extend({ reason }),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.repair')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { reason: why, hospital: name } = request.body
      const done = await reissueLeg(room, wantedHospital(room, who, name).id, {
        legId: request.params.id,
        by,
        reason: why,
      })
      return { state: done.state }
    },
  )

  http.post(
    `${ROOT}/legs/:id/reissue/decision`,
    {
      schema: {
        summary: '复核“生成新订单号退款”的申请；不能是申请的人自己',
        tags,
        params: z.object({ id }),
        body: of.extend({ agrees: z.boolean(), reason }),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.repair')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { agrees, reason: why, hospital: name } = request.body
      const done = await decideReissue(room, wantedHospital(room, who, name).id, {
        legId: request.params.id,
        ...{ by, agrees, why },
      })
      return { state: done?.state ?? 'refused' }
    },
  )

  http.post(
    `${ROOT}/legs/:id/give-back`,
    {
      schema: {
        summary: '单边订单退回门诊余额：先向微信查询，之后不能再付',
        tags,
        params: z.object({ id }),
        body: of.extend({ reason }),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.repair')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { reason: why, hospital: name } = request.body
      const leg = await giveBackLeg(room, wantedHospital(room, who, name).id, {
        ...{ legId: request.params.id, by, reason: why },
      })
      return { state: leg.state }
    },
  )

  http.post(
    `${ROOT}/legs/:id/abnormal`,
    {
      schema: {
        summary: '退款异常：把同一笔退款改到患者本人的银行卡；不会产生新的退款',
        tags,
        params: z.object({ id }),
        body: of.extend({ ...abnormalSchema.shape, reason }),
        response: answers(doneSchema),
      },
      onRequest: [room.operators.guard('refunds.repair')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: by } = who
      const { bankType, bankAccount, reason: why, hospital: name } = request.body
      const { outcome } = await mendAbnormal(room, wantedHospital(room, who, name).id, {
        ...{ legId: request.params.id, by, reason: why, bankType, bankAccount: sensitive(bankAccount) },
      })
      return { state: outcome }
    },
  )
}
