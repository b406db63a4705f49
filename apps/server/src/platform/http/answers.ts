import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import { errorBodySchema } from './error-body.ts'

/** The `response` of a route: what it answers, and what every failed request is answered with. */
export const answers = <T extends z.ZodType>(ok: T) => ({
  200: ok,
  '4xx': errorBodySchema,
  '5xx': errorBodySchema,
})

/** For `onRequest`, so that errors are not kept either: they, too, say something of a person. */
export function neverCached(_request: unknown, reply: FastifyReply, done: () => void): void {
  reply.header('cache-control', 'no-store')
  done()
}
