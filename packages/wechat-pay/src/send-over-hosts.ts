import { type CallClass, classify, isChannelFault } from './classify.ts'
import type { Endpoint } from './endpoints.ts'
import type { KeyRing } from './key-ring.ts'
import type { CallRecord, WechatPayOptions } from './options.ts'
import { parseMembers } from './read-members.ts'
import { type Answer, type Exchange, type HttpRequest, type Sender, sendOnce } from './send-once.ts'
import { verifySigned } from './verify.ts'

/** What is known of the last sending beside the outcome. */
export interface CallDetail {
  readonly class: CallClass
  readonly httpStatus: number | undefined
  /** The platform's code, or why there is none: `timeout`, `not-sent`, `http-502`, `signature:probe`, `malformed` … */
  readonly code: string | undefined
  readonly requestId: string | undefined
  /** Every further call would fail too: stop the channel, page the operator. */
  readonly channelFault: boolean
}

export interface Judged {
  readonly detail: CallDetail
  /** Only where `detail.class` is `ok`: verified, unless the endpoint is `certificates`. */
  readonly answer: Answer | undefined
  /** The platform's own words, for the reason of a `no`. */
  readonly message: string
}

export interface Channel {
  readonly sender: Sender
  readonly ring: KeyRing
  readonly origins: readonly string[]
  readonly options: WechatPayOptions
  startTimeout(): AbortSignal
}

/**
 * Sends to the first host, and to each further one at most once: only if the host before could not be connected to, or
 * answered a *read* with a gateway's error page. Always the very same bytes; only the signature is fresh.
 */
export async function sendOverHosts(
  channel: Channel,
  endpoint: Endpoint,
  attempt: number,
  request: HttpRequest,
): Promise<Judged> {
  const { sender, origins, options } = channel
  let last = judge(channel, endpoint, attempt, { kind: 'not-sent', cause: 'no-host' })
  for (const origin of origins) {
    const startedAtMs = sender.nowMs()
    const started = performance.now()
    const exchange = await sendOnce(sender, origin, request, channel.startTimeout())
    last = judge(channel, endpoint, attempt, exchange)
    const { class: found, httpStatus, requestId, code } = last.detail
    tell(options, {
      ...{ startedAtMs, tookMs: performance.now() - started, endpoint, method: request.method, origin },
      path: pathOf(request),
      ...{ attempt, httpStatus, requestId, class: found, code },
    })
    if (!mayTryNextHost(request, exchange, last)) break
  }
  return last
}

/** For the log: the query string of a download is its token. */
export function pathOf({ pathAndQuery }: HttpRequest): string {
  return pathAndQuery.replace(/\?.*$/s, '')
}

function mayTryNextHost(request: HttpRequest, exchange: Exchange, { detail }: Judged): boolean {
  if (exchange.kind === 'not-sent') return true
  const gatewayPage = exchange.kind === 'answered' && detail.code === `http-${exchange.status}`
  return request.method === 'GET' && gatewayPage && exchange.status >= 500
}

function judge(channel: Channel, endpoint: Endpoint, attempt: number, exchange: Exchange): Judged {
  // Nothing left this machine: this sending created nothing, though an earlier one may have.
  if (exchange.kind === 'not-sent') return failed('not-accepted', 'not-sent')
  if (exchange.kind === 'no-answer') return failed('unknown', exchange.cause)
  return exchange.status >= 200 && exchange.status < 300
    ? judgeAccepted(channel, endpoint, attempt, exchange)
    : judgeRefused(endpoint, attempt, exchange)
}

function judgeAccepted(
  { ring, sender }: Channel,
  endpoint: Endpoint,
  attempt: number,
  answer: Answer,
): Judged {
  const found = classify(endpoint, attempt, answer.status, undefined)
  if (found !== 'ok') return failed(found, `http-${answer.status}`, answer)
  // The list of certificates may bring the very key that verifies it: its operation looks at it.
  if (endpoint !== 'certificates') {
    const verified = verifySigned(answer, ring, sender.nowMs())
    // Money may have moved although we cannot believe the answer.
    if (!verified.ok) return failed('unknown', `signature:${verified.why}`, answer)
  }
  return { ...failed('ok', undefined, answer), answer }
}

// Error answers carry no signature: their code decides, and only where the table knows it.
function judgeRefused(endpoint: Endpoint, attempt: number, answer: Answer): Judged {
  const error = parseMembers(answer.rawBody)
  const code = error?.['code']
  if (typeof code !== 'string' || !/^[A-Z0-9_]{1,64}$/.test(code))
    return failed('unknown', `http-${answer.status}`, answer)
  const message = typeof error?.['message'] === 'string' ? error['message'] : ''
  return { ...failed(classify(endpoint, attempt, answer.status, code, message), code, answer), message }
}

function failed(found: CallClass, code: string | undefined, answer?: Answer): Judged {
  const channelFault = isChannelFault(code)
  return {
    detail: { class: found, httpStatus: answer?.status, code, requestId: answer?.requestId, channelFault },
    answer: undefined,
    message: '',
  }
}

/** Tells the call log. A log that fails must not turn a done call into a failed one. */
export function tell({ onCall }: WechatPayOptions, record: CallRecord): void {
  if (onCall) (async () => onCall(record))().catch(() => {})
}
