import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Html } from './html.ts'
import { sandboxPage } from './html.ts'

/** Lets a simulator's pages post plain HTML forms: the body becomes an object of texts. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    },
  )
}

export function sendPage(reply: FastifyReply, title: string, body: Html, status = 200): FastifyReply {
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(sandboxPage(title, body))
}
