import { attemptOnce, type Clock, no, type Outcome, readLimited, unknown, yes } from '@zhangyi/core'
import { authHeaders, type RestAuth } from '@zhangyi/his'
import { z } from 'zod'
import type { SmsMessage } from './sms-sender.ts'

// An answer is one short line; anything longer is not from an SMS gateway.
const MAX_REPLY_BYTES = 16 * 1024

const replySchema = z.union([
  z.object({ accepted: z.literal(true) }),
  z.object({ accepted: z.literal(false), code: z.string() }),
])

export interface SmsGateway {
  readonly url: string
  readonly auth: RestAuth
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** Ends the attempt. */
  readonly deadline: AbortSignal
}

/**
 * Posts one message once, signed over its exact bytes in the way of the HIS wire. `no` only if the gateway says so, or
 * if the connection was never made (code `transport`); an HTTP status other than 2xx says nothing about the message.
 */
export function postMessage(
  { url, auth, clock, fetch: send, deadline }: SmsGateway,
  { phone, text }: SmsMessage,
  requestKey: string,
): Promise<Outcome<void>> {
  const time = new Date(clock.nowMs()).toISOString()
  const body = Buffer.from(JSON.stringify({ requestKey, phone: phone.reveal(), text: text.reveal(), time }))
  const { pathname, search } = new URL(url)
  const signed = authHeaders(auth, { method: 'POST', path: pathname + search, body }, clock)
  return attemptOnce(deadline, async () => {
    const response = await send(url, {
      ...{ method: 'POST', body, signal: deadline },
      headers: { accept: 'application/json', 'content-type': 'application/json; charset=utf-8', ...signed },
      // A phone number goes to the configured address or nowhere.
      redirect: 'manual',
    })
    if (response.status < 200 || response.status > 299) {
      response.body?.cancel().catch(() => {})
      return unknown(`http-${response.status}`)
    }
    const bytes = await readLimited(response, MAX_REPLY_BYTES)
    return bytes ? judge(bytes) : unknown('reply-too-large')
  })
}

function judge(bytes: Uint8Array): Outcome<void> {
  const reply = replySchema.safeParse(parseJson(bytes))
  if (!reply.success) return unknown('malformed')
  if (reply.data.accepted) return yes(undefined)
  const { code } = reply.data
  // A gateway may quote the phone number; what does not look like a code stays out of the call log.
  const known = /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/.test(code) && !/\d{7}/.test(code) ? code : 'refused'
  return no(known, 'the SMS gateway refused the message')
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
