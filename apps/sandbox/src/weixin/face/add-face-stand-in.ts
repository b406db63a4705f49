import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { applyGeneralFaults } from '../../kit/apply-general-faults.ts'
import { recordCall } from '../../kit/record-call.ts'
import { MINI_PROGRAM } from '../credentials.ts'
import type { WeixinPlatform } from '../platform.ts'
import { isCancelled, PASSED } from './face-results.ts'
import type { FaceSession } from './face-sessions.ts'

const startSchema = z.object({
  outSeqNo: z.string().regex(/^[\w-]{5,32}$/),
  name: z.string().min(1),
  idNumber: z.string().min(1),
  openid: z.string().min(1),
})

/**
 * A shorter way to the same face sessions, without tokens: a server starts a check, the phone decides it on the
 * page, the server asks. Not WeChat's wire form; it goes when the gateway speaks that.
 */
export function addFaceStandIn(app: FastifyInstance, platform: WeixinPlatform): void {
  const { faces, faults, calls, clock, baseUrl } = platform

  const answer = async (
    reply: FastifyReply,
    operation: string,
    request: unknown,
    carryOut: () => unknown,
  ) => {
    const atMs = clock.nowMs()
    const { result, body } = await applyGeneralFaults(faults, operation, reply, carryOut)
    recordCall(calls, { atMs, operation, request, reply: body, result })
    return reply
  }

  app.post('/sandbox/face-checks', (request, reply) => {
    const parsed = startSchema.safeParse(jsonOf(request.body))
    return answer(reply, 'face-checks', parsed.data, () => {
      const session = parsed.data && faces.start({ appid: MINI_PROGRAM.appid, ...parsed.data })
      if (session) return { verifyId: session.verifyId, page: `${baseUrl}/sandbox/face/${session.verifyId}` }
      reply.status(400)
      return { error: parsed.error ? z.prettifyError(parsed.error) : 'outSeqNo was used before' }
    })
  })

  type Query = { Params: { verifyId: string }; Querystring: { outSeqNo?: string } }
  app.get<Query>('/sandbox/face-checks/:verifyId', (request, reply) =>
    answer(reply, 'face-checks-result', { ...request.params, ...request.query }, () => {
      const session = faces.find(request.params.verifyId)
      if (session && session.outSeqNo === request.query.outSeqNo)
        return { state: stateOf(session, faces.isExpired(session)) }
      reply.status(404)
      return { error: 'no such check under this outSeqNo' }
    }),
  )
}

// Nobody looked into the camera in time: that counts as cancelled.
function stateOf({ verifyRet }: FaceSession, expired: boolean): string {
  if (verifyRet === undefined) return expired ? 'cancelled' : 'pending'
  if (verifyRet === PASSED) return 'passed'
  return isCancelled(verifyRet) ? 'cancelled' : 'failed'
}

function jsonOf(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : body
  } catch {
    return undefined
  }
}
