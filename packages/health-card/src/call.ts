import { newRequestId, no, type Outcome, unknown, yes } from '@zhangyi/core'
import { HealthCardError } from './errors.ts'
import { maskRecord } from './mask-record.ts'
import {
  type CallContext,
  type CallRecord,
  ENDPOINTS,
  type HealthCardOptions,
  type Operation,
} from './options.ts'
import { canonicalJson, signRequest } from './sign.ts'

export type Reply = Readonly<Record<string, unknown>>
/** What is known after one attempt. `sent: false`: surely not carried out. */
export type Attempt = Outcome<Reply> & { readonly requestId: string }

const MAX_REPLY_BYTES = 1024 * 1024
export const DEFAULT_TIMEOUT_MS = 10_000
/** The `no` code of a call that never left: refused connection, unknown host. */
export const TRANSPORT = 'transport'

/** Sends one signed envelope once and says what is known afterwards. Never repeats. */
export async function attempt(
  options: HealthCardOptions,
  operation: Operation,
  req: object,
  context: CallContext,
  appToken: string,
  deadline: AbortSignal,
): Promise<Attempt> {
  const { clock, config = {}, onCall } = options
  const requestId = newRequestId()
  const startedAtMs = clock.nowMs()
  const started = performance.now()
  const common = commonIn(options, operation, context, appToken, requestId)
  const sign = signRequest(
    common,
    req,
    options.appSecret,
    config.signZero === undefined ? {} : { signZero: config.signZero },
  )
  const { outcome, reply } = await exchange(
    options,
    operation,
    canonicalJson({ commonIn: { ...common, sign }, req }),
    deadline,
  )
  tell(onCall, {
    startedAtMs,
    durationMs: performance.now() - started,
    operation,
    requestId,
    outcome: outcome.kind,
    code: outcome.kind === 'yes' ? '0' : outcome.kind === 'no' ? outcome.code : outcome.cause,
    request: maskRecord({ ...common, ...req }),
    reply: reply && maskRecord(reply),
  })
  return { ...outcome, requestId }
}

function commonIn(
  options: HealthCardOptions,
  operation: Operation,
  context: CallContext,
  appToken: string,
  requestId: string,
) {
  const { clock, hospitalId, config = {} } = options
  const related = config.related?.[operation] ?? ENDPOINTS[operation].related
  return {
    appToken,
    requestId,
    hospitalId,
    timestamp: String(Math.floor(clock.nowMs() / 1000)),
    channelNum: context.channelNum,
    ...(related && context.relatedUser
      ? { relateAppId: context.relatedUser.appid, relateOpenId: context.relatedUser.openid }
      : {}),
  }
}

interface Exchange {
  readonly outcome: Outcome<Reply>
  readonly reply: Reply | undefined
}

async function exchange(
  options: HealthCardOptions,
  operation: Operation,
  body: string,
  deadline: AbortSignal,
): Promise<Exchange> {
  const { baseUrl, config = {}, fetch: send = fetch } = options
  const path = config.paths?.[operation] ?? ENDPOINTS[operation].path
  let text: string
  try {
    const response = await send(baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body,
      signal: deadline,
      redirect: 'error',
    })
    if (response.status >= 400) {
      await response.body?.cancel()
      return { outcome: unknown(`http-${response.status}`), reply: undefined }
    }
    text = await readLimited(response)
  } catch (error) {
    return {
      outcome: neverSent(error) ? no(TRANSPORT, 'not sent') : unknown(causeOf(error)),
      reply: undefined,
    }
  }
  return readEnvelope(text)
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_REPLY_BYTES) throw new Error('reply-too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readEnvelope(text: string): Exchange {
  let envelope: { commonOut?: Record<string, unknown>; rsp?: unknown }
  try {
    envelope = JSON.parse(text)
  } catch {
    return { outcome: unknown('malformed'), reply: undefined }
  }
  const common = envelope?.commonOut
  const code = Number(common?.resultCode)
  if (typeof common !== 'object' || common === null || !Number.isInteger(code))
    return { outcome: unknown('malformed'), reply: undefined }
  const rsp = typeof envelope.rsp === 'object' && envelope.rsp !== null ? (envelope.rsp as Reply) : {}
  const outcome = code === 0 ? yes(rsp) : no(String(code), String(common.errMsg ?? ''))
  return { outcome, reply: { ...common, ...rsp } }
}

// Only these say that not a byte reached the platform. A reset may come after it did the work.
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function neverSent(error: unknown): boolean {
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } })?.cause
  const codes = cause?.errors?.map(({ code }) => code) ?? [cause?.code]
  return codes.length > 0 && codes.every((code) => code !== undefined && NEVER_SENT.has(code))
}

function causeOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string } }
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout'
  return cause?.code ?? (message === 'reply-too-large' ? message : 'connection-lost')
}

function tell(onCall: HealthCardOptions['onCall'], record: CallRecord): void {
  try {
    onCall?.(record)
  } catch {
    // A log that fails must not turn a done call into an unknown one.
  }
}

/** Turns the outcome of a read into its value or its typed error. */
export function readOrThrow(operation: Operation, made: Attempt): Reply {
  if (made.kind === 'yes') return made.value
  if (made.kind === 'unknown') throw new HealthCardError('unknown', operation, made.cause, made.requestId)
  throw new HealthCardError(
    made.code === TRANSPORT ? 'transport' : 'platform',
    operation,
    made.code,
    made.requestId,
  )
}
