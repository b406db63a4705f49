import type { HisOperation } from '../../operations.ts'
import { ExchangeFailure, MALFORMED } from '../call/exchange-failure.ts'
import type { Plan } from '../call/plan.ts'
import { decodeValue } from '../shapes/decode-value.ts'
import { encodeValue } from '../shapes/encode-value.ts'
import { OPERATION_SHAPES } from '../shapes/operation-shapes.ts'
import { nothing } from '../shapes/shape.ts'
import type { JsonQuestion } from './json-exchange.ts'
import { verdictOfCode } from './wire-codes.ts'

/** `archives.find` → `/archives/find`; kebab-case. */
export function wirePath(operation: HisOperation): string {
  const kebab = operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return `/${kebab.replace('.', '/')}`
}

/** One operation on our own wire, as the OpenAPI document describes it. */
export function wirePlan(operation: HisOperation): Plan<JsonQuestion> {
  const shape = operation === 'probe' ? undefined : OPERATION_SHAPES[operation]
  const output = shape?.output ?? nothing
  const path = wirePath(operation)
  return {
    ask: (input, requestKey) => [
      shape === undefined
        ? { method: 'GET', path, body: undefined }
        : { method: 'POST', path, body: { input: encodeValue(shape.input, input), requestKey } },
    ],
    judge: (reply) => {
      if (typeof reply !== 'object' || reply === null) throw new ExchangeFailure(MALFORMED, 'not an object')
      const { code, reason, detailCode, data } = reply as Readonly<Record<string, unknown>>
      if (typeof code !== 'string') throw new ExchangeFailure(MALFORMED, 'no code')
      const words = { code, message: typeof reason === 'string' ? reason : undefined }
      if (code !== 'OK') return { words, verdict: verdictOfCode(code, detailCode) }
      // A status without `data` at all is no statement that the HIS never received the request.
      if (output.kind === 'optional' && data === undefined) throw new ExchangeFailure(MALFORMED, 'no data')
      return { words, verdict: { kind: 'ok', value: decodeValue(output, data, 'wire', 'data') } }
    },
  }
}
