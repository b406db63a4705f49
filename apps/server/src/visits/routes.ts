import { z } from 'zod'
import { answers, neverCached } from '../platform/http/answers.ts'
import type { Http } from '../platform/http/build-http.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { cancelOrder } from './cancel-order.ts'
import { checkPaid } from './check-paid.ts'
import { giveUpOrder } from './give-up-order.ts'
import { listDepartments, listDoctors } from './list-departments.ts'
import { listPaidFees, listPendingFees, listRegistrations } from './list-records.ts'
import { listSlots } from './list-slots.ts'
import { openOrderPayment } from './open-order-payment.ts'
import { placeFeeOrder } from './place-fee-order.ts'
import { placeRegistration } from './place-registration.ts'
import type { VisitsRoom } from './room.ts'
import { listOrders, showOrder } from './show-orders.ts'
import {
  departmentsSchema,
  doctorsSchema,
  paidFeesSchema,
  paymentSchema,
  pendingFeesSchema,
  registrationsSchema,
  slotsSchema,
  visitOrderSchema,
  visitOrdersSchema,
} from './visit-views.ts'

const tags = ['挂号与缴费']
const id = z.string().min(1).max(64)
const day = z.string().max(10)
const days = {
  from: day.optional().describe('从哪一天，年-月-日'),
  to: day.optional().describe('到哪一天，年-月-日'),
}
const whose = z.object({ patientId: id })
const one = z.object({ id })

/** 挂缴查: booking, same-day registration, payment and their records. Whose they are the session says. */
export function registerVisitRoutes(http: Http, room: VisitsRoom): void {
  registerSchedules(http, room)
  registerOrdering(http, room)
  registerOrders(http, room)
  registerRecords(http, room)
}

function registerSchedules(http: Http, room: VisitsRoom): void {
  http.get(
    '/api/v1/visits/departments',
    {
      schema: { summary: '可以挂号的科室', tags, response: answers(departmentsSchema) },
      onRequest: neverCached,
    },
    async (request) => listDepartments(room, await sessionOf(room, request)),
  )

  http.get(
    '/api/v1/visits/departments/:id/doctors',
    {
      schema: { summary: '科室的医生', tags, params: one, response: answers(doctorsSchema) },
      onRequest: neverCached,
    },
    async (request) => listDoctors(room, await sessionOf(room, request), request.params.id),
  )

  http.get(
    '/api/v1/visits/slots',
    {
      schema: {
        summary: '号源：今天的是当日挂号，以后的是预约；已过时间的不列出',
        tags,
        querystring: z.object({ departmentId: id, doctorId: id.optional(), ...days }),
        response: answers(slotsSchema),
      },
      onRequest: neverCached,
    },
    async (request) => listSlots(room, await sessionOf(room, request), request.query),
  )
}

function registerOrdering(http: Http, room: VisitsRoom): void {
  http.post(
    '/api/v1/visits/registrations',
    {
      schema: {
        summary: '下单挂号：在 HIS 锁号，等待付款；同一个号再次提交得到同一个订单',
        tags,
        body: z.object({ patientId: id, slotId: id, departmentId: id, day }),
        response: answers(visitOrderSchema),
      },
      onRequest: neverCached,
    },
    async (request) => placeRegistration(room, await sessionOf(room, request), request.body),
  )

  http.post(
    '/api/v1/visits/fee-orders',
    {
      schema: {
        summary: '下单缴费：一张或多张待缴费用；金额以 HIS 此刻的为准',
        tags,
        body: z.object({ patientId: id, billIds: z.array(id).min(1).max(50) }),
        response: answers(visitOrderSchema),
      },
      onRequest: neverCached,
    },
    async (request) => placeFeeOrder(room, await sessionOf(room, request), request.body),
  )
}

function registerOrders(http: Http, room: VisitsRoom): void {
  http.get(
    '/api/v1/visits/orders',
    {
      schema: {
        summary: '一位就诊人的挂号和缴费订单，新的在前，最多 50 个',
        tags,
        querystring: whose,
        response: answers(visitOrdersSchema),
      },
      onRequest: neverCached,
    },
    async (request) => listOrders(room, await sessionOf(room, request), request.query.patientId),
  )

  http.get(
    '/api/v1/visits/orders/:id',
    {
      schema: { summary: '一个订单', tags, params: one, response: answers(visitOrderSchema) },
      onRequest: neverCached,
    },
    async (request) => showOrder(room, await sessionOf(room, request), request.params.id),
  )

  http.post(
    '/api/v1/visits/orders/:id/payment',
    {
      schema: {
        summary: '取得付款参数；不收费的直接去办，payment 为空',
        tags,
        params: one,
        response: answers(paymentSchema),
      },
      onRequest: neverCached,
    },
    async (request) => openOrderPayment(room, await sessionOf(room, request), request.params.id),
  )

  http.post(
    '/api/v1/visits/orders/:id/paid',
    {
      schema: {
        summary: '从收银台回来：立即向微信查询，已付的马上去办',
        tags,
        params: one,
        response: answers(visitOrderSchema),
      },
      onRequest: neverCached,
    },
    async (request) => checkPaid(room, await sessionOf(room, request), request.params.id),
  )

  http.delete(
    '/api/v1/visits/orders/:id',
    {
      schema: {
        summary: '付款之前放弃：放回号源，关闭付款',
        tags,
        params: one,
        response: answers(visitOrderSchema),
      },
      onRequest: neverCached,
    },
    async (request) => giveUpOrder(room, await sessionOf(room, request), request.params.id),
  )

  http.post(
    '/api/v1/visits/orders/:id/cancel',
    {
      schema: {
        summary: '退号：HIS 退掉之后全额原路退款',
        tags,
        params: one,
        response: answers(visitOrderSchema),
      },
      onRequest: neverCached,
    },
    async (request) => cancelOrder(room, await sessionOf(room, request), request.params.id),
  )
}

function registerRecords(http: Http, room: VisitsRoom): void {
  http.get(
    '/api/v1/visits/registrations',
    {
      schema: {
        summary: '挂号记录，包括在窗口挂的；默认最近半年到最远可约的一天',
        tags,
        querystring: whose.extend(days),
        response: answers(registrationsSchema),
      },
      onRequest: neverCached,
    },
    async (request) => listRegistrations(room, await sessionOf(room, request), request.query),
  )

  http.get(
    '/api/v1/visits/fees',
    {
      schema: { summary: '待缴费用', tags, querystring: whose, response: answers(pendingFeesSchema) },
      onRequest: neverCached,
    },
    async (request) => listPendingFees(room, await sessionOf(room, request), request.query.patientId),
  )

  http.get(
    '/api/v1/visits/fees/paid',
    {
      schema: {
        summary: '缴费记录，包括在窗口缴的；默认最近半年',
        tags,
        querystring: whose.extend(days),
        response: answers(paidFeesSchema),
      },
      onRequest: neverCached,
    },
    async (request) => listPaidFees(room, await sessionOf(room, request), request.query),
  )
}
