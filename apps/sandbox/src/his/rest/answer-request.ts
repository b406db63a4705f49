import type { HisOperation } from '@zhangyi/his'
import { type HisAnswer, type HisAnswerer, kindOf } from '../answer-operation.ts'
import { fromWire, NamedWithoutUnit, toWire, wireName } from '../fen-fields.ts'
import { SERVED_OPERATIONS } from '../served-operations.ts'

export interface WireReply {
  readonly status: number
  readonly body: {
    readonly code: string
    readonly reason?: string
    readonly detailCode?: string
    readonly data?: unknown
  }
}

/** What a refusal is called on the wire; every other code is `REFUSED` with the code in `detailCode`. */
const CODES: Readonly<Record<string, string>> = {
  duplicate: 'DUPLICATE',
  'key-reused': 'KEY_REUSED',
  'not-found': 'NOT_FOUND',
  busy: 'BUSY',
}

const MAX_KEY_LENGTH = 64

/** From the bytes of a signed request to its reply. */
export async function answerRequest(
  answerer: HisAnswerer,
  operation: HisOperation,
  bytes: Buffer,
): Promise<WireReply> {
  if (operation === 'probe')
    return replyOf(await answerer.answer({ operation, input: undefined, requestKey: '' }))
  const question = readBody(operation, bytes)
  if ('problem' in question) return { status: 400, body: { code: 'BAD_REQUEST', reason: question.problem } }
  return replyOf(await answerer.answer({ operation, ...question }))
}

type Read = { readonly input: unknown; readonly requestKey: string } | { readonly problem: string }

function readBody(operation: Exclude<HisOperation, 'probe'>, bytes: Buffer): Read {
  const body = parseJson(bytes)
  if (typeof body !== 'object' || body === null) return { problem: '请求体不是 JSON 对象' }
  const { input, requestKey = '' } = body as { readonly input?: unknown; readonly requestKey?: unknown }
  const isChange = kindOf(operation) === 'change'
  if (typeof requestKey !== 'string' || requestKey.length > MAX_KEY_LENGTH || (isChange && requestKey === ''))
    return { problem: `requestKey：办理类必填，是 1 至 ${MAX_KEY_LENGTH} 位的字符串` }
  try {
    const parsed = SERVED_OPERATIONS[operation].input.safeParse(fromWire(input ?? {}))
    if (parsed.success) return { input: parsed.data, requestKey: isChange ? requestKey : '' }
    const [issue] = parsed.error.issues
    const path = ['input', ...(issue?.path ?? []).map((step) => wireName(String(step)))].join('.')
    return { problem: `${path}：${issue?.message}` }
  } catch (error) {
    if (error instanceof NamedWithoutUnit) return { problem: `input.${error.field}：${error.message}` }
    throw error
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function replyOf(answer: HisAnswer): WireReply {
  switch (answer.kind) {
    case 'ok':
      return { status: 200, body: { code: 'OK', data: toWire(answer.value ?? null) } }
    case 'no': {
      const { code, reason } = answer
      return { status: 200, body: { code: CODES[code] ?? 'REFUSED', reason, detailCode: code } }
    }
    // The HIS does not know itself: no code of the table may stand for that.
    case 'silent':
      return { status: 503, body: { code: 'UNAVAILABLE', reason: 'HIS 没有答复' } }
  }
}
