import { z } from 'zod'
import { answers, neverCached } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { errorBodySchema } from '../../../platform/http/error-body.ts'
import { listWish } from '../../../platform/operators/list-page.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import type { OfflineConsole } from '../room.ts'
import { approveApplication } from './approve-application.ts'
import {
  approvalSchema,
  listSchema,
  oneSchema,
  payoutSchema,
  SEEN_STATES,
  saidSchema,
  unmaskSchema,
} from './console-views.ts'
import { downloadDocument } from './download-document.ts'
import { listByState } from './list-by-state.ts'
import { recordPayout } from './record-payout.ts'
import { askForDocuments, rejectApplication, reopenApplication, takeIntoReview } from './review.ts'
import { showOne, unmaskOne } from './show-one.ts'

const tags = ['运营后台：线下退款申请']
const ROOT = '/api/v1/console/refunds/offline'
const whose = { hospital: z.string().max(40).optional().describe('不写就是第一家医院') }
const of = z.object(whose)
const id = z.string().min(1).max(64)
const one = z.object({ id })

/** The operators' interface; whoever works is known from the cookie of the sign-in. */
export function registerOfflineApi(http: Http, room: OfflineConsole): void {
  registerReading(http, room)
  registerDocument(http, room)
  registerSaying(http, room)
  registerDeciding(http, room)
}

function registerReading(http: Http, room: OfflineConsole): void {
  http.get(
    ROOT,
    {
      schema: {
        ...{
          summary: '申请，按状态；没有办完的等得久的在前，每页 50 份',
          tags,
          response: answers(listSchema),
        },
        querystring: of.extend({
          state: z.enum(SEEN_STATES).default('submitted'),
          number: z.string().trim().min(1).max(64).optional().describe('申请编号，或付款的凭证号；不论状态'),
          before: listWish.before,
        }),
      },
      onRequest: [neverCached, room.operators.guard('offline.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { hospital, ...wanted } = request.query
      return listByState(room, wantedHospital(room, who, hospital), wanted)
    },
  )
  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        ...{ summary: '一份申请，姓名和号码遮盖', tags, params: one, querystring: of },
        response: answers(oneSchema),
      },
      onRequest: [neverCached, room.operators.guard('offline.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      return showOne(room, wantedHospital(room, who, request.query.hospital), request.params.id)
    },
  )
  http.post(
    `${ROOT}/:id/unmask`,
    {
      schema: {
        ...{ summary: '一份申请，姓名和号码不遮盖；原因写进审计', tags, params: one },
        ...{ body: unmaskSchema.extend(whose), response: answers(oneSchema) },
      },
      onRequest: [neverCached, room.operators.guard('offline.unmask')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const { hospital, reason } = request.body
      return unmaskOne(room, wantedHospital(room, who, hospital), operator, { ...request.params, reason })
    },
  )
}

function registerDocument(http: Http, room: OfflineConsole): void {
  http.get(
    `${ROOT}/:id/documents/:documentId`,
    {
      schema: {
        ...{ summary: '下载一份材料；谁下载的写进审计', tags },
        ...{ params: z.object({ id, documentId: id }), querystring: of },
        response: {
          200: {
            description: '材料原件',
            content: {
              'application/octet-stream': { schema: z.any().meta({ type: 'string', format: 'binary' }) },
            },
          },
          '4xx': errorBodySchema,
          '5xx': errorBodySchema,
        },
      },
      onRequest: [neverCached, room.operators.guard('offline.unmask')],
    },
    async (request, reply) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const hospital = wantedHospital(room, who, request.query.hospital)
      const { bytes, contentType, fileName } = await downloadDocument(
        room,
        hospital,
        operator,
        request.params,
      )
      return (
        reply
          .header('content-disposition', `attachment; filename="${fileName}"`)
          // A stranger's file: never shown inside our own pages.
          .header('content-security-policy', "default-src 'none'; sandbox")
          .type(contentType)
          .send(bytes)
      )
    },
  )
}

function registerSaying(http: Http, room: OfflineConsole): void {
  const ways = {
    ask: { summary: '要求补材料', operation: askForDocuments },
    reject: { summary: '不通过，说明原因', operation: rejectApplication },
    reopen: { summary: '已同意的退回重新审核，原因申请人也看得到', operation: reopenApplication },
  } as const
  for (const [way, { summary, operation }] of Object.entries(ways))
    http.post(
      `${ROOT}/:id/${way}`,
      {
        schema: {
          ...{ summary, tags, params: one, body: saidSchema.extend(whose), response: answers(oneSchema) },
        },
        onRequest: [neverCached, room.operators.guard('offline.review')],
      },
      async (request) => {
        const who = room.operators.of(request)
        const { id: operator } = who
        const { hospital, text } = request.body
        return operation(room, wantedHospital(room, who, hospital), operator, { ...request.params, text })
      },
    )
}

function registerDeciding(http: Http, room: OfflineConsole): void {
  http.post(
    `${ROOT}/:id/take`,
    {
      schema: {
        ...{ summary: '开始审核', tags, params: one, body: z.strictObject(whose) },
        response: answers(oneSchema),
      },
      onRequest: [neverCached, room.operators.guard('offline.review')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      return takeIntoReview(
        room,
        wantedHospital(room, who, request.body.hospital),
        operator,
        request.params.id,
      )
    },
  )
  http.post(
    `${ROOT}/:id/approve`,
    {
      schema: {
        ...{ summary: '同意退款的金额；超过设定金额的，先提出，再由另一人以同样的金额同意', tags },
        ...{ params: one, body: approvalSchema.extend(whose), response: answers(oneSchema) },
      },
      onRequest: [neverCached, room.operators.guard('offline.review')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const { hospital, ...approval } = request.body
      const wanted = wantedHospital(room, who, hospital)
      return approveApplication(room, wanted, operator, { ...request.params, ...approval })
    },
  )
  http.post(
    `${ROOT}/:id/payout`,
    {
      schema: {
        ...{ summary: '登记已在窗口或通过银行付款', tags, params: one },
        ...{ body: payoutSchema.extend(whose), response: answers(oneSchema) },
      },
      onRequest: [neverCached, room.operators.guard('offline.payout')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id: operator } = who
      const { hospital, ...payout } = request.body
      return recordPayout(room, wantedHospital(room, who, hospital), operator, {
        ...request.params,
        ...payout,
      })
    },
  )
}
