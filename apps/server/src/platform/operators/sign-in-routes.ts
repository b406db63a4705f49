import type { FastifyReply } from 'fastify'
import { AppError } from '../errors/catalogue.ts'
import type { Http } from '../http/build-http.ts'
import { acceptForms, formOf } from '../http/read-form.ts'
import type { Log } from '../log.ts'
import { signInPage } from './console-page.ts'
import type { Operators } from './operators.ts'

const OPERATOR = /^[\p{L}\p{N}_-]{1,32}$/u

/** `/console/`: the door. Rooms put their pages behind it. */
export function registerOperatorRoutes(
  http: Http,
  { operators, log }: { operators: Operators; log: Log },
): void {
  http.register(async (pages: Http) => {
    acceptForms(pages)
    const hidden = { schema: { hide: true } } as const
    pages.get('/console', hidden, (_request, reply) => reply.redirect('/console/'))
    pages.get('/console/', hidden, (request, reply) => {
      const [first] = operators.pages
      if (first && operators.find(request)) return reply.redirect(first.path)
      return sendPage(reply, signInPage(operators.isOpen))
    })
    pages.post('/console/sign-in', hidden, (request, reply) => {
      try {
        const form = formOf(request.body, request.headers['content-type'])
        const id = form.get('operator')?.trim() ?? ''
        if (!OPERATOR.test(id))
          return sendPage(reply.status(400), signInPage(true, '请填写工号，只用文字、数字、- 和 _'))
        reply.header('set-cookie', operators.signIn(request, { id }, form.get('key')?.trim() ?? ''))
        log.info({ operator: id }, 'operator signed in')
        return reply.redirect(operators.pages[0]?.path ?? '/console/', 303)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        log.warn({ code: error.code }, 'operator sign-in refused')
        return sendPage(reply.status(error.status), signInPage(operators.isOpen, error.zh))
      }
    })
    pages.post('/console/sign-out', hidden, (request, reply) => {
      operators.requireOwnOrigin(request)
      return reply.header('set-cookie', operators.signOut()).redirect('/console/', 303)
    })
  })
}

/** Under `no-referrer` a browser would not say where a form comes from. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page)
}
