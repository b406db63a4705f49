import { attemptOnce, type Outcome, readLimited, unknown, yes } from '@zhangyi/core'

// The largest reply seen is a QR code picture of some kilobytes.
const MAX_REPLY_BYTES = 1024 * 1024

/** Posts once, never again. `no` only if nothing was sent; any other failure leaves open what the platform did. */
export function postBody(
  send: typeof fetch,
  url: string,
  body: string,
  deadline: AbortSignal,
): Promise<Outcome<string>> {
  return attemptOnce(deadline, () => post(send, url, body, deadline))
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
  if (response.ok) {
    const bytes = await readLimited(response, MAX_REPLY_BYTES)
    return bytes ? decode(bytes) : unknown('reply-too-large')
  }
  response.body?.cancel().catch(() => {})
  return unknown(`http-${response.status}`)
}

/** Fatal: a name in a wrong encoding must not reach a patient's archive as question marks. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): Outcome<string> {
  try {
    return yes(UTF_8.decode(bytes))
  } catch {
    return unknown('malformed')
  }
}
