import { attemptOnce, type Outcome, readLimited, unknown, yes } from '@zhangyi/core'

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
export function sendRequest(
  send: typeof fetch,
  request: RawRequest,
  deadline: AbortSignal,
): Promise<Outcome<RawReply>> {
  return attemptOnce(deadline, () => exchange(send, request, deadline))
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
  if (response.status !== 200) {
    response.body?.cancel().catch(() => {})
    return unknown(`http-${response.status}`)
  }
  const bytes = await readLimited(response, MAX_REPLY_BYTES)
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return bytes ? yes({ mediaType, bytes }) : unknown('reply-too-large')
}
