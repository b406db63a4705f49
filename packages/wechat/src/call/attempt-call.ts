import { no, type Outcome, unknown } from '@zhangyi/core'
import { WechatInputError } from '../errors.ts'
import type { TransportOptions, WechatCallRecord } from '../options.ts'
import { maskErrmsg, ridOf } from './mask-errmsg.ts'
import { type Reply, readReply } from './read-reply.ts'
import { sendRequest } from './send-request.ts'

// Far above every documented request; a larger one is a mistake on our side.
const MAX_BODY_BYTES = 64 * 1024

/** Makes a result of a reply with errcode 0. It must not throw; `unknown('malformed')` without what was asked. */
export type Interpret<T> = (reply: Reply) => Outcome<T>

export interface Call<T> {
  readonly appid: string
  /** Our name of the call, for errors and the call log. */
  readonly operation: string
  readonly path: string
  readonly body: object
  readonly interpret: Interpret<T>
}

export interface Attempt<T> {
  readonly outcome: Outcome<T>
  /** What WeChat answered; undefined without a usable answer. */
  readonly errcode: number | undefined
  readonly rid: string | undefined
}

/**
 * Posts one request once, says what is known afterwards, and records it. A positive errcode is a `no`; a negative one
 * (-1, busy) leaves open how far WeChat came. Throws `WechatInputError` for a body beyond 64 KiB, before sending.
 */
export async function attemptCall<T>(
  options: TransportOptions,
  call: Call<T>,
  accessToken: string | undefined,
  deadline: AbortSignal,
): Promise<Attempt<T>> {
  const { apiOrigin, clock, fetch: send = fetch } = options
  const startedAtMs = clock.nowMs()
  const started = performance.now()
  const body = JSON.stringify(call.body)
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new WechatInputError('body', 'too-long')
  const query = accessToken === undefined ? '' : `?access_token=${encodeURIComponent(accessToken)}`
  const url = `${apiOrigin.replace(/\/+$/, '')}${call.path}${query}`
  const sent = await sendRequest(send, { url, body }, deadline)
  const received = sent.kind === 'yes' ? readReply(sent.value) : sent
  const reply = received.kind === 'yes' ? received.value : undefined
  const outcome = received.kind === 'yes' ? judge(received.value, call, accessToken) : received
  const rid = reply && ridOf(reply.errmsg)
  tell(options, {
    startedAtMs,
    durationMs: performance.now() - started,
    appid: call.appid,
    operation: call.operation,
    path: call.path,
    outcome: outcome.kind,
    code: outcome.kind === 'yes' ? '0' : outcome.kind === 'no' ? outcome.code : outcome.cause,
    rid,
  })
  return { outcome, errcode: reply?.errcode, rid }
}

function judge<T>(reply: Reply, { interpret, body }: Call<T>, accessToken: string | undefined): Outcome<T> {
  const { errcode, errmsg } = reply
  if (errcode === 0) return interpret(reply)
  if (errcode < 0) return unknown(`errcode ${errcode}`)
  return no(String(errcode), maskErrmsg(errmsg, [body, accessToken]))
}

function tell({ onCall }: TransportOptions, record: WechatCallRecord): void {
  if (onCall) (async () => onCall(record))().catch(() => {})
}
