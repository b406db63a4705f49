import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import { withinDeadline } from './within-deadline.ts'

/** The `no` code of a call that surely never reached the platform. */
export const TRANSPORT = 'transport'

// The largest reply seen is a QR code picture of some kilobytes.
const MAX_REPLY_BYTES = 1024 * 1024

/** Posts once, never again. `no` only if nothing was sent; any other failure leaves open what the platform did. */
export async function postBody(
  send: typeof fetch,
  url: string,
  body: string,
  deadline: AbortSignal,
): Promise<Outcome<string>> {
  if (deadline.aborted) return no(TRANSPORT, 'no time was left to send')
  try {
    return await withinDeadline(post(send, url, body, deadline), deadline)
  } catch (error) {
    if (wasNeverSent(error)) return no(TRANSPORT, 'the connection was never made')
    return unknown(deadline.aborted ? 'timeout' : causeOf(error))
  }
}

async function post(
  send: typeof fetch,
  url: string,
  body: string,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const response = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body,
    signal,
    // A signed request with personal data goes to the configured address or nowhere.
    redirect: 'manual',
  })
  if (response.ok) return readLimited(response)
  response.body?.cancel().catch(() => {})
  return unknown(`http-${response.status}`)
}

async function readLimited(response: Response): Promise<Outcome<string>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_REPLY_BYTES) return unknown('reply-too-large')
    chunks.push(chunk)
  }
  try {
    // Fatal: a name in a wrong encoding must not reach a patient's archive as question marks.
    return yes(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    return unknown('malformed')
  }
}

interface SystemError {
  readonly code?: string
  readonly syscall?: string
  readonly errors?: readonly SystemError[]
}

/**
 * True only if the connection was never made. Judged by the system call, not by the code alone: an established
 * connection, too, can end with EHOSTUNREACH, after the platform did the work.
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

function causeOf(error: unknown): string {
  return systemErrorOf(error).code ?? 'connection-lost'
}

function systemErrorOf(error: unknown): SystemError {
  const cause = (error as { cause?: unknown } | undefined)?.cause
  return typeof cause === 'object' && cause !== null ? cause : {}
}
