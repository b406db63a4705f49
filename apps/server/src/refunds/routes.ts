import { z } from 'zod'
import { answers, neverCached } from '../platform/http/answers.ts'
import type { Http } from '../platform/http/build-http.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { listCases } from './cases/list-cases.ts'
import { showCase } from './cases/show-case.ts'
import { registerRefundsChecks } from './checks/register-checks.ts'
import { showEntries } from './entries.ts'
import { applyFace } from './face/apply-face.ts'
import { settleRefundCheck } from './face/settle-check.ts'
import { showArchives } from './face/show-archives.ts'
import { startRefundCheck } from './face/start-check.ts'
import { miniProgramLinks } from './mini-program-links.ts'
import { applyOriginal } from './original/apply-original.ts'
import { listOriginalOrders } from './original/list-orders.ts'
import { checkReceived } from './receiving/check-received.ts'
import { openReceiving } from './receiving/open-receiving.ts'
import { retryCase } from './receiving/retry.ts'
import { withdrawLeg } from './receiving/withdraw.ts'
import {
  archivesSchema,
  caseSchema,
  casesSchema,
  entriesSchema,
  faceResultSchema,
  originalOrdersSchema,
  receivingSchema,
  startedCheckSchema,
} from './refund-views.ts'
import type { RefundsRoom } from './room.ts'

const tags = ['预交金退款']
const ROOT = '/api/v1/refunds'
const id = z.string().min(1).max(64)
const amountFen = z.int().min(1).max(100_000_000)
const requestKey = z
  .string()
  .regex(/^[0-9A-Za-z_-]{8,64}$/)
  .describe('页面生成；同一次申请重发时不变，得到同一笔退款')
const one = z.object({ id })
const leg = z.object({ id, legId: id })

/** 门诊预交金退款, for patients. Whose it is the session says. */
export function registerRefundRoutes(http: Http, room: RefundsRoom): void {
  registerRefundsChecks(room)
  registerApplying(http, room)
  registerFace(http, room)
  registerCases(http, room)
  registerReceiving(http, room)
}

function registerApplying(http: Http, room: RefundsRoom): void {
  const links = miniProgramLinks(room)
  http.get(
    `${ROOT}/entries`,
    {
      schema: {
        summary: '两种退款方式：名称、介绍、提示，和现在能不能办',
        tags,
        response: answers(entriesSchema),
      },
      onRequest: neverCached,
    },
    async (request) => showEntries(room, await sessionOf(room, request), links),
  )

  http.get(
    `${ROOT}/original/orders`,
    {
      schema: {
        summary: '可以原路退回的充值订单，新的在前',
        tags,
        querystring: z.object({ patientId: id }),
        response: answers(originalOrdersSchema),
      },
      onRequest: neverCached,
    },
    async (request) => listOriginalOrders(room, await sessionOf(room, request), request.query.patientId),
  )

  http.post(
    `${ROOT}/original`,
    {
      schema: {
        summary: '预交金退费：一笔或几笔充值原路退回，可以只退一部分',
        tags,
        body: z.object({
          ...{ patientId: id, requestKey },
          orders: z
            .array(z.object({ orderId: id, amountFen }))
            .min(1)
            .max(20),
        }),
        response: answers(caseSchema),
      },
      onRequest: neverCached,
    },
    async (request) => applyOriginal(room, await sessionOf(room, request), request.body),
  )
}

function registerFace(http: Http, room: RefundsRoom): void {
  http.post(
    `${ROOT}/face/checks`,
    {
      schema: {
        summary: '人脸核验退款：按填写的姓名和身份证号开始人脸核验',
        tags,
        body: z.object({ name: z.string().max(60), idNumber: z.string().max(30) }),
        response: answers(startedCheckSchema),
      },
      onRequest: neverCached,
    },
    async (request) => startRefundCheck(room, await sessionOf(room, request), request.body),
  )

  http.post(
    `${ROOT}/face/checks/:id/result`,
    {
      schema: {
        summary: '人脸核验结束：由服务器向微信查询结果；通过后给出这个人的所有就诊档案',
        tags,
        params: one,
        response: answers(faceResultSchema),
      },
      onRequest: neverCached,
    },
    async (request) => settleRefundCheck(room, await sessionOf(room, request), request.params.id),
  )

  http.get(
    `${ROOT}/face/checks/:id/archives`,
    {
      schema: {
        summary: '已合并，重新查询：通过核验的人的所有就诊档案',
        tags,
        params: one,
        response: answers(archivesSchema),
      },
      onRequest: neverCached,
    },
    async (request) => showArchives(room, await sessionOf(room, request), request.params.id),
  )

  http.post(
    `${ROOT}/face`,
    {
      schema: {
        summary: '申请退款：冻结余额，转账到申请人的微信；人脸核验随之用掉',
        tags,
        body: z.object({
          ...{ checkId: id, archiveKey: id, requestKey },
          amountFen: amountFen.nullable().describe('空为全部可退余额'),
        }),
        response: answers(caseSchema),
      },
      onRequest: neverCached,
    },
    async (request) => applyFace(room, await sessionOf(room, request), request.body),
  )
}

function registerCases(http: Http, room: RefundsRoom): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: '我的退款，新的在前，每页 20 笔',
        tags,
        querystring: z.object({
          before: z.coerce.number().int().optional().describe('上一页最后一笔的时间'),
        }),
        response: answers(casesSchema),
      },
      onRequest: neverCached,
    },
    async (request) => listCases(room, await sessionOf(room, request), request.query.before),
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: { summary: '一笔退款和它的各个部分', tags, params: one, response: answers(caseSchema) },
      onRequest: neverCached,
    },
    async (request) => showCase(room, await sessionOf(room, request), request.params.id),
  )

  http.post(
    `${ROOT}/:id/retry`,
    {
      schema: {
        summary: '商户号余额不足之后再试一次，不必重新做人脸核验',
        tags,
        params: one,
        response: answers(caseSchema),
      },
      onRequest: neverCached,
    },
    async (request) => retryCase(room, await sessionOf(room, request), request.params.id),
  )
}

function registerReceiving(http: Http, room: RefundsRoom): void {
  const legPath = `${ROOT}/:id/legs/:legId`
  const whichOf = ({ id: caseId, legId }: z.infer<typeof leg>) => ({ caseId, legId })
  http.post(
    `${legPath}/receive`,
    {
      schema: {
        summary: '接收退款：打开微信确认收款页需要的参数，总是最新的',
        tags,
        params: leg,
        response: answers(receivingSchema),
      },
      onRequest: neverCached,
    },
    async (request) => openReceiving(room, await sessionOf(room, request), whichOf(request.params)),
  )

  http.post(
    `${legPath}/received`,
    {
      schema: {
        summary: '从确认收款页回来：立即向微信查询',
        tags,
        params: leg,
        response: answers(caseSchema),
      },
      onRequest: neverCached,
    },
    async (request) => checkReceived(room, await sessionOf(room, request), whichOf(request.params)),
  )

  http.post(
    `${legPath}/withdraw`,
    {
      schema: {
        summary: '撤回：向微信撤销，查询到已撤销之后退回余额',
        tags,
        params: leg,
        response: answers(caseSchema),
      },
      onRequest: neverCached,
    },
    async (request) => withdrawLeg(room, await sessionOf(room, request), whichOf(request.params)),
  )
}
