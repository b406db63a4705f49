import type { FastifyReply } from 'fastify'

/** Under `no-referrer` a browser would not say where a form comes from. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page)
}

/** To the door, and back to this page afterwards. */
export function toTheDoor(reply: FastifyReply, path: string): FastifyReply {
  return reply.redirect(`/console/sign-in?back=${encodeURIComponent(path)}`, 303)
}
