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
  readonly trustProxy?: boolean
}

const BODY_LIMIT_BYTES = 256 * 1024

// One-time codes arrive in query strings by the platforms' design: they never reach a log, nor a foreign site
// through Referer. Inline style attributes are what uni-app's components set; scripts must come from us.
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self'; object-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"

/**
 * The console also shows files that its own code fetched and made an address of, as an applicant's documents: pictures, and
 * PDF in the browser's viewer. Scripts still come from us alone.
 */
// A directive that stands twice counts as it stood first.
export const CONSOLE_POLICY = `${CONTENT_SECURITY_POLICY.replace("img-src 'self' data:", "img-src 'self' data: blob:").replace("object-src 'none'", "object-src 'self' blob:")}; frame-src 'self' blob:`

/** The bare HTTP server: trace numbers, logs without query strings, limits, headers, one form of error. */
export async function buildHttp({
  logLevel,
  logStream,
  maxRequestsPerMinute = 1_200,
  trustProxy = false,
}: HttpOptions): Promise<Http> {
  const http = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy,
    // Addresses that cannot even be routed get the same form of error, not the framework's with the query in it.
    frameworkErrors: (error, request, reply) => {
      const status = error.statusCode ?? 400
      answerError(Object.assign(new Error('unroutable address'), { statusCode: status }), request, reply)
    },
    genReqId: newTraceId,
    logController: new LogController({ requestIdLogLabel: 'traceId' }),
    logger: {
      level: logLevel,
      ...(logStream && { stream: logStream }),
      serializers: {
        req: (request) => ({ method: request.method, path: (request.url ?? '').split('?')[0] }),
        res: (reply) => ({ status: reply.statusCode }),
        err: (error: Error) => ({
          type: error.name,
          message: error.message,
          stack: error.stack ?? '',
          ...causeOf(error),
        }),
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
      // Whatever an operator asked for, refusals too, says something of a person or of money.
      ...(request.url.startsWith('/api/v1/console/') && { 'cache-control': 'no-store' }),
    })
    withTrace(request.id, done)
  })
  http.setErrorHandler(answerError)
  http.setNotFoundHandler(answerNotFound)
  // A hospital's patients share a few addresses, so the limit is wide; pages and pictures do not count.
  await http.register(rateLimit, {
    max: maxRequestsPerMinute,
    timeWindow: '1 minute',
    allowList: (request) => !request.url.startsWith('/api/'),
  })
  return http
}

/** What an error was made from: without it a 503 would not say which call failed. */
function causeOf({ cause }: Error): { cause: string } | undefined {
  return cause instanceof Error ? { cause: `${cause.name}: ${cause.message}` } : undefined
}
