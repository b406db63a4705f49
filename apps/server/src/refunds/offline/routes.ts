import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { sessionOf } from '../../platform/sessions/session-of.ts'
import { addDocument } from './add-document.ts'
import { MAX_BASE64 } from './content-type.ts'
import {
  applicationInputSchema,
  documentInputSchema,
  offlineApplicationSchema,
  offlineApplicationsSchema,
  offlineFormSchema,
} from './offline-views.ts'
import { removeDocument } from './remove-document.ts'
import type { OfflineRoom } from './room.ts'
import { listApplications, showApplication, showForm } from './show-applications.ts'
import { startApplication } from './start-application.ts'
import { submitApplication } from './submit-application.ts'
import { withdrawApplication } from './withdraw-application.ts'

const tags = ['线下退款申请']
const ROOT = '/api/v1/refunds/offline'
// The rest of the JSON around the bytes.
const DOCUMENT_BODY_BYTES = MAX_BASE64 + 4 * 1024
const id = z.string().min(1).max(64)
const one = z.object({ id })

/** 线下退款申请: for whom neither way on the phone is open. Whose they are the session says. */
export function registerOfflineRoutes(http: Http, room: OfflineRoom): void {
  registerReading(http, room)
  registerDocuments(http, room)
  http.post(
    ROOT,
    {
      schema: {
        summary: '新建申请（草稿），之后上传材料再提交',
        tags,
        body: applicationInputSchema,
        response: answers(offlineApplicationSchema),
      },
      onRequest: neverCached,
    },
    async (request) => startApplication(room, await sessionOf(room, request), request.body),
  )
  http.post(
    `${ROOT}/:id/submit`,
    {
      schema: {
        summary: '提交给医院审核；材料不全时说明还差什么',
        tags,
        params: one,
        response: answers(offlineApplicationSchema),
      },
      onRequest: neverCached,
    },
    async (request) => submitApplication(room, await sessionOf(room, request), request.params.id),
  )
  http.post(
    `${ROOT}/:id/withdraw`,
    {
      schema: {
        summary: '在医院决定之前撤回',
        tags,
        params: one,
        response: answers(offlineApplicationSchema),
      },
      onRequest: neverCached,
    },
    async (request) => withdrawApplication(room, await sessionOf(room, request), request.params.id),
  )
}

function registerReading(http: Http, room: OfflineRoom): void {
  http.get(
    `${ROOT}/form`,
    {
      schema: {
        summary: '填表之前要知道的：说明、各种情况要交的材料',
        tags,
        response: answers(offlineFormSchema),
      },
      onRequest: neverCached,
    },
    async (request) => showForm(room, await sessionOf(room, request)),
  )
  http.get(
    ROOT,
    {
      schema: { summary: '自己的申请，新的在前', tags, response: answers(offlineApplicationsSchema) },
      onRequest: neverCached,
    },
    async (request) => listApplications(room, await sessionOf(room, request)),
  )
  http.get(
    `${ROOT}/:id`,
    {
      schema: { summary: '一份申请', tags, params: one, response: answers(offlineApplicationSchema) },
      onRequest: neverCached,
    },
    async (request) => showApplication(room, await sessionOf(room, request), request.params.id),
  )
}

function registerDocuments(http: Http, room: OfflineRoom): void {
  http.post(
    `${ROOT}/:id/documents`,
    {
      bodyLimit: DOCUMENT_BODY_BYTES,
      schema: {
        summary: '上传一份材料：JPG、PNG 或 PDF，不超过 5 MB，最多 10 份',
        tags,
        params: one,
        body: documentInputSchema,
        response: answers(offlineApplicationSchema),
      },
      // Before the body is read: who is not signed in sends us no megabytes.
      onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('cache-control', 'no-store')
        await sessionOf(room, request)
      },
    },
    async (request) => addDocument(room, await sessionOf(room, request), request.params.id, request.body),
  )
  http.delete(
    `${ROOT}/:id/documents/:documentId`,
    {
      schema: {
        summary: '删掉一份材料，只在提交之前和补材料的时候',
        tags,
        params: z.object({ id, documentId: id }),
        response: answers(offlineApplicationSchema),
      },
      onRequest: neverCached,
    },
    async (request) => removeDocument(room, await sessionOf(room, request), request.params),
  )
}
