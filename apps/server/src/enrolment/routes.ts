import { z } from 'zod'
import { withReturn } from '../platform/callbacks/with-return.ts'
import type { Http } from '../platform/http/build-http.ts'
import { errorBodySchema } from '../platform/http/error-body.ts'
import type { Session } from '../platform/sessions/session.ts'
import { sessionOf } from '../platform/sessions/session-of.ts'
import { arriveAtForm } from './arrive-at-form.ts'
import { chooseArchive } from './choose-archive.ts'
import { completeArchive } from './complete-archive.ts'
import { createVisitCard } from './create-visit-card.ts'
import { flowViewSchema } from './flow-view.ts'
import {
  archiveInputSchema,
  codeInputSchema,
  completeInputSchema,
  formInputSchema,
  personInputSchema,
  startInputSchema,
} from './inputs.ts'
import { receiveCode } from './receive-code.ts'
import { reportVerifyFailed } from './report-verify-failed.ts'
import { resumeFlow } from './resume-flow.ts'
import { type EnrolmentRoom, viewFlow } from './room.ts'
import { startFlow } from './start-flow.ts'
import { submitForm } from './submit-form.ts'

const tags = ['建档']
const params = z.object({ id: z.string().min(1).max(64) })
const response = { 200: flowViewSchema, '4xx': errorBodySchema, '5xx': errorBodySchema }

/** （二）建档. Every answer is the flow's view; its `step` names the page to show next. */
export function registerEnrolmentRoutes(http: Http, room: EnrolmentRoom): void {
  http.post(
    '/api/v1/enrolments',
    { schema: { summary: '建档授权：开始一次建卡', tags, body: startInputSchema, response } },
    async (request) => startFlow(room, await sessionOf(room, request), request.body),
  )
  http.get(
    '/api/v1/enrolments/:id',
    { schema: { summary: '查看进行到哪一步', tags, params, response } },
    async (request) => viewFlow(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/enrolments/:id/health-code',
    { schema: { summary: '平台回跳：健康卡授权码', tags, params, body: codeInputSchema, response } },
    async (request) =>
      returned(room, await sessionOf(room, request), 'health-code', { ...request.params, ...request.body }),
  )
  http.post(
    '/api/v1/enrolments/:id/reg-info-code',
    { schema: { summary: '平台回跳：卡管异常的建档信息码', tags, params, body: codeInputSchema, response } },
    async (request) =>
      returned(room, await sessionOf(room, request), 'reg-info-code', { ...request.params, ...request.body }),
  )
  http.post(
    '/api/v1/enrolments/:id/arrive-at-form',
    { schema: { summary: '平台回跳：用户选择添加健康卡', tags, params, response } },
    async (request) => arriveAtForm(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/enrolments/:id/form',
    { schema: { summary: '提交申领信息，得到验证页', tags, params, body: formInputSchema, response } },
    async (request) => submitForm(room, await sessionOf(room, request), request.params.id, request.body),
  )
  http.post(
    '/api/v1/enrolments/:id/verify-failed',
    { schema: { summary: '平台回跳：验证失败或放弃', tags, params, response } },
    async (request) => reportVerifyFailed(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    '/api/v1/enrolments/:id/visit-card',
    { schema: { summary: '先办就诊卡（未验证）', tags, params, body: personInputSchema, response } },
    async (request) => createVisitCard(room, await sessionOf(room, request), request.params.id, request.body),
  )
  http.post(
    '/api/v1/enrolments/:id/archive',
    { schema: { summary: '多份院内档案时选择一份', tags, params, body: archiveInputSchema, response } },
    async (request) =>
      chooseArchive(room, await sessionOf(room, request), request.params.id, request.body.key),
  )
  http.post(
    '/api/v1/enrolments/:id/complete',
    { schema: { summary: '补充建档缺少的信息', tags, params, body: completeInputSchema, response } },
    async (request) => completeArchive(room, await sessionOf(room, request), request.params.id, request.body),
  )
  http.post(
    '/api/v1/enrolments/:id/resume',
    { schema: { summary: '医院系统恢复后继续', tags, params, response } },
    async (request) => resumeFlow(room, await sessionOf(room, request), request.params.id),
  )
}

/** What the platform's page sends the patient back with. */
function returned(
  room: EnrolmentRoom,
  session: Session,
  kind: 'health-code' | 'reg-info-code',
  { id, code }: { readonly id: string; readonly code: string },
) {
  return withReturn(room, session, { kind, number: id }, () => receiveCode(room, session, id, kind, code))
}
