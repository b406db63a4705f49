import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import { withinDeadline } from './within-deadline.ts'

/** The `no` code of a call that surely never reached WeChat. */
export const TRANSPORT = 'transport'

// A mini-program code of 1280 pixels has some hundred kilobytes; everything else is far smaller.
const MAX_REPLY_BYTES = 4 * 1024 * 1024

export interface RawReply {
  /** Media type in small letters without parameters; '' if the reply names none. */
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export interface RawRequest {
  readonly url: string
  /** JSON; with a body the request is a POST. */
  readonly body?: string
}

/** Sends once, never again. `no` only if nothing was sent; any other failure leaves open what WeChat did. */
export async function sendRequest(
  send: typeof fetch,
  request: RawRequest,
  deadline: AbortSignal,
): Promise<Outcome<RawReply>> {
  if (deadline.aborted) return no(TRANSPORT, 'no time was left to send')
  try {
    return await withinDeadline(exchange(send, request, deadline), deadline)
  } catch (error) {
    if (wasNeverSent(error)) return no(TRANSPORT, 'the connection was never made')
    return unknown(deadline.aborted ? 'timeout' : causeOf(error))
  }
}

async function exchange(
  send: typeof fetch,
  { url, body }: RawRequest,
  signal: AbortSignal,
): Promise<Outcome<RawReply>> {
  const response = await send(url, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
    }),
    signal,
    // The address holds a token or a secret: it goes to the configured host or nowhere.
    redirect: 'manual',
  })
  if (response.status === 200) return readLimited(response)
  response.body?.cancel().catch(() => {})
  return unknown(`http-${response.status}`)
}

async function readLimited(response: Response): Promise<Outcome<RawReply>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_REPLY_BYTES) return unknown('reply-too-large')
    chunks.push(chunk)
  }
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return yes({ mediaType, bytes: Buffer.concat(chunks) })
}

interface SystemError {
  readonly code?: string
  readonly syscall?: string
  readonly errors?: readonly SystemError[]
}

/**
 * True only if the connection was never made. Judged by the system call, not by the code alone: an established
 * connection, too, can end with EHOSTUNREACH, after WeChat did the work.
 */
function wasNeverSent(error: unknown): boolean {
  const cause = systemErrorOf(error)
  // Several addresses of one host were tried: each must have failed.
  const failures = cause.errors?.length ? cause.errors : [cause]
  return failures.every(
    ({ syscall, code }) =>
      syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT',
  )
}

// Only a code of the system: the words of an error of `fetch` may hold the address, and with it the token.
function causeOf(error: unknown): string {
  const { code } = systemErrorOf(error)
  return typeof code === 'string' && /^[A-Z_0-9]{1,40}$/.test(code) ? code : 'connection-lost'
}

function systemErrorOf(error: unknown): SystemError {
  const cause = (error as { cause?: unknown } | undefined)?.cause
  return typeof cause === 'object' && cause !== null ? cause : {}
}
