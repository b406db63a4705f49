import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import type { SimulatorContext } from '../../kit/simulator.ts'
import type { SharedHospital } from '../shared-hospital.ts'
import { accountPage } from './account-page.ts'
import { deskPage } from './desk-page.ts'
import { slotsPage } from './slots-page.ts'
import { FORMS, FormProblem } from './take-forms.ts'

type Form = { Params: { patid: string; form: string }; Body: Readonly<Record<string, string>> | undefined }

/** The hospital's desk: people look up archives, put money in, order fees, write reports, see slots. */
export function addDeskPages(
  app: FastifyInstance,
  hospital: SharedHospital,
  { clock, origins }: SimulatorContext,
): void {
  app.get<{ Querystring: { q?: string } }>('/', (request, reply) =>
    sendPage(reply, '医院台面', deskPage(hospital, String(request.query.q ?? ''), origins['his-soap'])),
  )

  app.get<{ Params: { patid: string }; Querystring: { done?: string } }>(
    '/desk/archives/:patid',
    async (request, reply) => {
      const archive = hospital.now.archives.find(({ patid }) => patid === request.params.patid)
      if (!archive) return noSuchArchive(reply)
      const { done } = request.query
      const notice = Object.hasOwn(FORMS, done ?? '') ? FORMS[done as string]?.done : undefined
      return sendPage(reply, archive.name, await accountPage(hospital.now, archive, clock.nowMs(), notice))
    },
  )

  app.post<Form>('/desk/archives/:patid/:form', (request, reply) => {
    const { patid, form } = request.params
    if (!isSameOrigin(request)) return refuse(reply, '只接受本页面的提交。', 403)
    if (!hospital.now.archives.some((one) => one.patid === patid)) return noSuchArchive(reply)
    const take = Object.hasOwn(FORMS, form) ? FORMS[form]?.take : undefined
    if (!take) return refuse(reply, '没有这种操作。', 404)
    try {
      take(hospital.now, patid, request.body ?? {})
    } catch (error) {
      if (error instanceof FormProblem || error instanceof RangeError)
        return refuse(reply, problemOf(error), 400)
      throw error
    }
    // See Other, so that reloading the page does not put the money in again.
    return reply.redirect(`/desk/archives/${encodeURIComponent(patid)}?done=${form}`, 303)
  })

  app.get<{ Querystring: { departmentId?: string } }>('/desk/slots', async (request, reply) =>
    sendPage(reply, '号源', await slotsPage(hospital.now, request.query.departmentId, clock.nowMs())),
  )
}

function problemOf(error: FormProblem | RangeError): string {
  return error instanceof FormProblem ? error.message : '医院的账上没有这一项，或金额不对。'
}

function noSuchArchive(reply: FastifyReply): FastifyReply {
  return refuse(reply, '没有这份档案。', 404)
}

function refuse(reply: FastifyReply, why: string, status: number): FastifyReply {
  return sendPage(
    reply,
    '没有办成',
    html`<p class="card">${why}</p><a class="button" href="/">回到台面</a>`,
    status,
  )
}

// Another site open in the same browser must not be able to put money in.
function isSameOrigin({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}
