import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Hospital, Hospitals } from '../../platform/hospitals/hospitals.ts'
import { errorBodySchema } from '../../platform/http/error-body.ts'

/** What the files of the operators' interface have in common. */
export const ROOT = '/api/v1/console/refunds'
export const of = z.object({ hospital: z.string().max(40).optional().describe('不写就是第一家医院') })
export const doneSchema = z.object({ state: z.string() })

export const answers = <T extends z.ZodType>(ok: T) => ({
  200: ok,
  '4xx': errorBodySchema,
  '5xx': errorBodySchema,
})

export function wantedHospital(
  { hospitals }: { readonly hospitals: Hospitals },
  name: string | undefined,
): Hospital {
  const found = name === undefined || name === '' ? hospitals.all[0] : hospitals.find(name)
  if (!found) throw new AppError('not-found', { zh: '没有配置这家医院。' })
  return found
}

export function neverCached(_request: unknown, reply: FastifyReply, done: () => void): void {
  reply.header('cache-control', 'no-store')
  done()
}
