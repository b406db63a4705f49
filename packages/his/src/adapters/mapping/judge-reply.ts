import { ExchangeFailure, MALFORMED } from '../call/exchange-failure.ts'
import type { HisWords, Judged, Verdict } from '../call/plan.ts'
import { decodeValue } from '../shapes/decode-value.ts'
import type { RecordShape, Shape } from '../shapes/shape.ts'
import { fieldsOf, type MapContext, mapFields } from './map-fields.ts'
import type { ErrorRule, HisMapping, OperationMapping } from './mapping-schema.ts'
import { readPath, readRows, type Tree } from './read-path.ts'

// A rule looks at the beginning only: an error page of a megabyte is not searched with a regular expression.
const MAX_MESSAGE = 500

export interface ReplyRules {
  readonly code: string
  readonly message: string | undefined
  readonly ok: readonly string[]
  readonly empty: readonly string[]
  readonly errors: readonly ErrorRule[]
}

/** The rules of one operation; its own come before those of the whole mapping. */
export function replyRules({ reply: shared, errors }: HisMapping, operation: OperationMapping): ReplyRules {
  const own = operation.reply ?? {}
  return {
    code: own.code ?? shared.code ?? '',
    message: own.message ?? shared.message,
    ok: own.ok ?? shared.ok ?? [],
    empty: own.empty ?? shared.empty ?? [],
    errors: [...(operation.errors ?? []), ...errors],
  }
}

/**
 * What a reply says. A code that is neither ok nor empty and that no rule knows is unclear, never a refusal: money
 * may have moved. Throws `Malformed` or `ExchangeFailure` where the reply is none.
 */
export function judgeReply(
  rules: ReplyRules,
  operation: OperationMapping,
  shape: Shape,
  reply: Tree,
  context: MapContext,
): Judged {
  const words: HisWords = { code: textAt(reply, rules.code), message: textAt(reply, rules.message) }
  const code = words.code
  if (code === undefined) throw new ExchangeFailure(MALFORMED, 'no result code')
  if (rules.ok.includes(code)) return { words, verdict: okOf(operation, shape, reply, context) }
  if (rules.empty.includes(code)) return { words, verdict: emptyOf(operation, shape, reply, context) }
  const rule = rules.errors.find((one) => fits(one, code, words.message))
  if (rule === undefined) return { words, verdict: { kind: 'unclear', cause: 'unmapped-error' } }
  if (rule.means === 'empty') return { words, verdict: emptyOf(operation, shape, reply, context) }
  return { words, verdict: meaningOf(rule, shape) }
}

function fits({ code, match }: ErrorRule, said: string, message: string | undefined): boolean {
  if (code !== undefined && ![code].flat().includes(said)) return false
  return match === undefined || new RegExp(match, 'u').test((message ?? '').slice(0, MAX_MESSAGE))
}

function meaningOf({ means, as }: ErrorRule, shape: Shape): Verdict {
  switch (means) {
    case 'duplicate':
    case 'key-reused':
      return refused(means)
    case 'refused':
    case 'not-found':
      return refused(as ?? means)
    case 'done':
      return shape.kind === 'nothing' ? { kind: 'ok', value: undefined } : unclear('unmapped-error')
    default:
      return unclear(means)
  }
}

// Our words, not the HIS's: its own often hold a name or a number. They go to the call log, hidden.
function refused(code: string): Verdict {
  return { kind: 'refused', code, reason: `the HIS refused: ${code}` }
}

function unclear(cause: string): Verdict {
  return { kind: 'unclear', cause }
}

function okOf(operation: OperationMapping, shape: Shape, reply: Tree, context: MapContext): Verdict {
  return { kind: 'ok', value: decodeValue(shape, valueFrom(operation, shape, reply, context), 'port') }
}

/** `empty` is an answer for lists, for a status (nothing there), and for a record that only holds lists. */
function emptyOf(operation: OperationMapping, shape: Shape, reply: Tree, context: MapContext): Verdict {
  if (shape.kind === 'list') return { kind: 'ok', value: [] }
  if (shape.kind === 'optional' || shape.kind === 'nothing') return { kind: 'ok', value: undefined }
  return okOf(operation, shape, reply, context)
}

function valueFrom(operation: OperationMapping, shape: Shape, reply: Tree, context: MapContext): unknown {
  const { list, object, fields = {} } = operation.reply ?? {}
  const inner = fieldsOf(fields, context.mapping)
  if (shape.kind === 'list') {
    const of = shape.of as RecordShape
    return readRows(reply, list ?? '').map((row, index) => mapFields(inner, of, row, context, `[${index}]`))
  }
  if (shape.kind === 'nothing') return undefined
  const of = (shape.kind === 'optional' ? shape.of : shape) as RecordShape
  const row = object === undefined ? reply : readPath(reply, object)
  // An answer of "ok" without the answer: for a status it would read as "never received", which pays money back.
  if (row === undefined) throw new ExchangeFailure(MALFORMED, `no ${object}`)
  return mapFields(inner, of, row, context)
}

function textAt(reply: Tree, path: string | undefined): string | undefined {
  const value = path === undefined || path === '' ? undefined : readPath(reply, path)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : undefined
}
