import { causeOf, readLimited, SECOND_MS, wasNeverSent, withinDeadline } from '@zhangyi/core'
import type { Signer } from './sign-request.ts'

// The largest signed answer is the list of certificates, some kilobytes.
export const MAX_ANSWER_BYTES = 1024 * 1024

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly pathAndQuery: string
  /** Empty for a request without body. */
  readonly body: Uint8Array
  /** `Wechatpay-Serial`: asks for the answer to be signed by this key, and names the key of encrypted fields. */
  readonly wechatpaySerial: string | undefined
}

export interface Sender {
  readonly signer: Signer
  readonly fetch: typeof fetch
  readonly userAgent: string
  readonly nowMs: () => number
}

export interface Answer {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: Headers
  readonly rawBody: Uint8Array
  readonly requestId: string | undefined
}

/** `not-sent`: the connection was never made. `no-answer`: sent perhaps, and nobody can say what became of it. */
export type Exchange =
  | Answer
  | { readonly kind: 'not-sent'; readonly cause: string }
  | { readonly kind: 'no-answer'; readonly cause: string }

/** Signs and sends once to one host, and reads the whole answer as bytes. Never throws for what the network does. */
export async function sendOnce(
  sender: Sender,
  origin: string,
  request: HttpRequest,
  deadline: AbortSignal,
): Promise<Exchange> {
  try {
    return await withinDeadline(exchange(sender, origin, request, deadline), deadline)
  } catch (error) {
    if (wasNeverSent(error)) return { kind: 'not-sent', cause: causeOf(error) }
    return { kind: 'no-answer', cause: deadline.aborted ? 'timeout' : causeOf(error) }
  }
}

/** The signed request as `fetch` takes it; the body is the very buffer that was signed. */
export function startRequest(
  { signer, fetch: send, userAgent, nowMs }: Sender,
  origin: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Response> {
  const { method, pathAndQuery, body, wechatpaySerial } = request
  const timestamp = Math.floor(nowMs() / SECOND_MS)
  return send(origin + pathAndQuery, {
    method,
    headers: {
      authorization: signer.authorization({ method, pathAndQuery, timestamp, body }),
      accept: 'application/json',
      'user-agent': userAgent,
      ...(body.length > 0 && { 'content-type': 'application/json' }),
      ...(wechatpaySerial && { 'wechatpay-serial': wechatpaySerial }),
    },
    ...(body.length > 0 && { body: Buffer.from(body) }),
    signal,
    // A signed request with personal data goes to the configured host or nowhere.
    redirect: 'manual',
  })
}

async function exchange(
  sender: Sender,
  origin: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Exchange> {
  const response = await startRequest(sender, origin, request, signal)
  const rawBody = await readLimited(response, MAX_ANSWER_BYTES)
  if (!rawBody) return { kind: 'no-answer', cause: 'answer-too-large' }
  const requestId = requestIdOf(response.headers)
  return { kind: 'answered', status: response.status, headers: response.headers, rawBody, requestId }
}

/** WeChat's `Request-ID`, if it looks like one: it goes into logs and errors. */
export function requestIdOf(headers: Headers): string | undefined {
  const id = headers.get('request-id') ?? ''
  return /^[\w.:-]{1,128}$/.test(id) ? id : undefined
}
