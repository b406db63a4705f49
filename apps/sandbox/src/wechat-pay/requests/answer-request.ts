import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { applyGeneralFaults, cut } from '../../kit/apply-general-faults.ts'
import { recordCall } from '../../kit/record-call.ts'
import { advance } from '../advance.ts'
import { PayRefusal } from '../errors.ts'
import { signMessage } from '../keys/sign-message.ts'
import type { PayPlatform } from '../platform.ts'
import { carryOut, type ReceivedRequest, serialOf } from './carry-out.ts'
import { isHeldUp } from './late-requests.ts'
import { FileAnswer, NO_CONTENT, type PayRoute } from './route.ts'
import { shownRequest } from './shown-request.ts'

/** Answers one call: time first, then signature, faults, the work itself, and the signature of a 2xx answer. */
export async function answerRequest(
  platform: PayPlatform,
  route: PayRoute,
  asked: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { faults, clock, calls } = platform
  const atMs = clock.nowMs()
  const request = received(asked)
  const call = { atMs, operation: route.operation, request: shownRequest(request) }
  advance(platform)
  reply.header('Request-ID', newRequestId())
  if (isHeldUp(platform, route, request)) {
    cut(reply)
    recordCall(calls, { ...call, reply: undefined, result: 'arrives-late' })
    return reply
  }
  let code = 'SUCCESS'
  const { result, body } = await applyGeneralFaults(faults, route.operation, reply, () => {
    // Once more: the clock may have been moved during a delay.
    advance(platform)
    const answer = carryOut(platform, route, request)
    code = answer instanceof PayRefusal ? answer.code : 'SUCCESS'
    return send(platform, route, request, reply, answer)
  })
  recordCall(calls, {
    ...{ ...call, reply: Buffer.isBuffer(body) ? `${body.length} bytes` : body },
    result: result === 'ok' ? code : result,
  })
  return reply
}

function received({ method, raw, headers, params, query, body }: FastifyRequest): ReceivedRequest {
  return {
    ...{ method, url: raw.url ?? '', headers, params: params as ReceivedRequest['params'] },
    ...{ query: query as ReceivedRequest['query'], raw: Buffer.isBuffer(body) ? body : Buffer.alloc(0) },
  }
}

/** Sets status and headers; returns what is to be sent. */
function send(
  platform: PayPlatform,
  { operation }: PayRoute,
  request: ReceivedRequest,
  reply: FastifyReply,
  answer: unknown,
): unknown {
  if (answer instanceof PayRefusal) {
    reply.status(answer.status)
    // As a plain object: fastify would take an Error for a failure of its own.
    return answer.toJSON()
  }
  if (answer instanceof FileAnswer) {
    reply.type(answer.type)
    return answer.bytes
  }
  const { faults, keys, callersClock } = platform
  const body = answer === NO_CONTENT ? undefined : answer
  const kind = faults.take('bad-signature', operation)
    ? 'wrong'
    : faults.take('signtest-response', operation)
      ? 'probe'
      : 'genuine'
  const text = body === undefined ? '' : JSON.stringify(body)
  const key = keys.signingKey(serialOf(request))
  reply.headers(signMessage(key, text, callersClock.nowMs(), kind))
  reply.status(body === undefined ? 204 : 200)
  return body
}

export function newRequestId(): string {
  return `08${randomUUID().replaceAll('-', '').toUpperCase()}-0`
}
