import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type ErrorCode, type FieldProblem } from '../errors/catalogue.ts'
import type { ErrorBody } from './error-body.ts'

/** Turns whatever was thrown into the one form of error body. What we did not expect is logged whole, told short. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asAppError(thrown as FastifyError)
  const status = error.status
  if (status >= 500) request.log.error({ err: thrown, code: error.code }, error.message)
  else request.log.info({ code: error.code, fields: error.fields.map(({ field }) => field) }, error.message)
  return reply.status(status).send(errorBody(error, request.id))
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.status(404).send(errorBody(new AppError('not-found'), request.id))
}

function errorBody(error: AppError, traceId: string): ErrorBody {
  return { error: { code: error.code, message: error.zh, traceId, fields: [...error.fields] } }
}

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'bad-input',
  429: 'too-many-requests',
}

function asAppError(thrown: FastifyError): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown.validation) return new AppError('bad-input', { fields: thrown.validation.map(fieldProblem) })
  const status = thrown.statusCode ?? 500
  if (status >= 400 && status < 500) return new AppError(BY_STATUS[status] ?? 'bad-input')
  return new AppError('internal', { cause: thrown })
}

type ValidationProblem = NonNullable<FastifyError['validation']>[number]

// A schema's own Chinese message is kept; a message from the library would be English, so it becomes a plain one.
function fieldProblem({ instancePath, message = '' }: ValidationProblem): FieldProblem {
  const field = instancePath.split('/').filter(Boolean).join('.') || 'body'
  return { field, message: /\p{Script=Han}/u.test(message) ? message : '这一项没有填写或格式不对' }
}
