import type { IncomingMessage, ServerResponse } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import { newTraceId } from '@zhangyi/core'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { answerError, answerNotFound } from './answer-error.ts'
import { withTrace } from './trace.ts'

export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

export interface HttpOptions {
  readonly logLevel: string
  /** Where log lines go; standard output when absent. */
  readonly logStream?: { write(line: string): void }
  readonly maxRequestsPerMinute?: number
}

const BODY_LIMIT_BYTES = 256 * 1024

// One-time codes arrive in query strings by the platforms' design: they never reach a log, nor a foreign site
// through Referer. Inline style attributes are what uni-app's components set; scripts must come from us.
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"

/** The bare HTTP server: trace numbers, logs without query strings, limits, headers, one form of error. */
export async function buildHttp({
  logLevel,
  logStream,
  maxRequestsPerMinute = 600,
}: HttpOptions): Promise<Http> {
  const http = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: newTraceId,
    logController: new LogController({ requestIdLogLabel: 'traceId' }),
    logger: {
      level: logLevel,
      ...(logStream && { stream: logStream }),
      serializers: {
        req: (request) => ({ method: request.method, path: (request.url ?? '').split('?')[0] }),
        res: (reply) => ({ status: reply.statusCode }),
        err: (error: Error) => ({ type: error.name, message: error.message, stack: error.stack ?? '' }),
      },
    },
  }).withTypeProvider<ZodTypeProvider>()
  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-trace-id': request.id,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': CONTENT_SECURITY_POLICY,
    })
    withTrace(request.id, done)
  })
  http.setErrorHandler(answerError)
  http.setNotFoundHandler(answerNotFound)
  await http.register(rateLimit, { max: maxRequestsPerMinute, timeWindow: '1 minute' })
  return http
}
