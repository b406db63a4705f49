import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { acceptForms, formOf } from '../../../platform/http/read-form.ts'
import type { Permission } from '../../../platform/operators/access/permissions.ts'
import { sendPage, toTheDoor } from '../../../platform/operators/send-page.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import { findCaseId } from '../find-case-id.ts'
import type { Act, Sent } from './act.ts'
import { doneNotice } from './done.ts'
import { FUND_FORMS, LEG_FORMS } from './leg-forms.ts'
import { type Notice, REFUNDS_PAGE, type RefundsPage } from './page-room.ts'
import { showView } from './show-view.ts'
import { addressOf, viewSchema } from './view.ts'

const FORM_BYTES = 64 * 1024
const query = viewSchema.extend({
  number: z.string().trim().max(64).optional().catch(undefined),
  ...{ done: z.string().max(20).optional().catch(undefined) },
})

/** Answers a form itself: with a file, or with a view that has no address. */
type Answer = (
  sent: Sent,
  reply: FastifyReply,
  show: (more?: object) => Promise<FastifyReply>,
) => Promise<FastifyReply>

/** The page and its forms. A form that fails shows the page again with what was wrong; one that worked leads back to it. */
export function registerRefundsPage(http: Http, room: RefundsPage): void {
  http.register(async (pages: Http) => {
    acceptForms(pages)
    pages.get(REFUNDS_PAGE.path, { schema: { hide: true, querystring: query } }, async (request, reply) => {
      const operator = await room.operators.find(request, 'refunds.read')
      if (!operator) return toTheDoor(reply, REFUNDS_PAGE.path)
      const { number, done, ...view } = request.query
      const hospital = wantedHospital(room, operator, view.hospital)
      if (number !== undefined && number !== '') {
        const found = await room.database.inTransaction(hospital.id, (tx) => findCaseId(tx, number))
        if (found !== undefined) return reply.redirect(addressOf({ hospital: hospital.id, case: found }))
        const notice: Notice = { kind: 'warn', text: '没有这个退款单号或商户单号，请核对后再查。' }
        return sendPage(reply, await showView(room, { hospital, operator, view, notice }))
      }
      const notice = doneNotice(done)
      try {
        return sendPage(reply, await showView(room, { hospital, operator, view, notice }))
      } catch (error) {
        // What the address names does not exist, or not in this hospital.
        if (!(error instanceof AppError) || error.code !== 'not-found') throw error
        const gone: Notice = { kind: 'warn', text: error.zh }
        const top = viewSchema.parse({})
        return sendPage(
          reply.status(404),
          await showView(room, { hospital, operator, view: top, notice: gone }),
        )
      }
    })
    const forms = { ...LEG_FORMS, ...FUND_FORMS }
    for (const [path, act] of Object.entries(forms)) post(pages, room, path, leadBack(act))
  })
}

function leadBack(act: Act): Answer {
  return async (sent, reply) => {
    const { done } = await act(sent)
    const view = viewSchema.parse(Object.fromEntries(sent.form))
    const { hospital, case: caseId } = view
    return reply.redirect(addressOf({ hospital, case: caseId }, { done }), 303)
  }
}

function post(pages: Http, room: RefundsPage, path: string, answer: Answer): void {
  pages.post(
    `${REFUNDS_PAGE.path}/${path}`,
    { schema: { hide: true }, bodyLimit: FORM_BYTES },
    (request, reply) => run(room, request, reply, { answer, permission: permissionOf(path) }),
  )
}

const OF_FORMS: Readonly<Record<string, Permission>> = {
  ...{ stop: 'refunds.stop', resume: 'refunds.stop', 'funds/alarm-seen': 'refunds.alarms' },
}
const OF_ROOMS: Readonly<Record<string, Permission>> = {
  ...{ legs: 'refunds.repair', funds: 'refunds.funds' },
}

function permissionOf(path: string): Permission {
  const permission = OF_FORMS[path] ?? OF_ROOMS[path.split('/')[0] ?? '']
  if (!permission) throw new Error(`nobody may send the form ${path}`)
  return permission
}

async function run(
  room: RefundsPage,
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, permission }: { readonly answer: Answer; readonly permission: Permission },
): Promise<FastifyReply> {
  room.operators.requireOwnOrigin(request)
  const operator = await room.operators.find(request, permission)
  if (!operator) return toTheDoor(reply, REFUNDS_PAGE.path)
  const form = formOf(request.body, request.headers['content-type'])
  const hospital = wantedHospital(room, operator, form.get('hospital'))
  const view = viewSchema.parse(Object.fromEntries(form))
  const show = async (notice?: Notice, more?: object) =>
    sendPage(reply, await showView(room, { hospital, operator, view, notice, ...more }))
  try {
    return await answer({ room, hospital, by: operator.id, form }, reply, (more) => show(undefined, more))
  } catch (error) {
    // What nobody foresaw is told as an error of ours; all else is for the clerk, in the words of the catalogue.
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    if (error.status >= 500)
      request.log.warn({ err: error }, 'a form of the refunds page was not carried out')
    reply.status(error.status)
    return show(problemOf(error))
  }
}

function problemOf(error: AppError): Notice {
  const lines = error.fields.map(({ field, message }) =>
    /^\p{Script=Han}/u.test(field) ? `${field}：${message}` : message,
  )
  const [only, ...more] = lines
  if (only === undefined) return { kind: 'bad', text: error.zh }
  return more.length === 0
    ? { kind: 'bad', text: `${only}。` }
    : { kind: 'bad', text: `有 ${lines.length} 处要改，没有一处已经生效：`, lines }
}
