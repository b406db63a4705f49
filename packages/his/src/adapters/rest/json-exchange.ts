import type { Clock } from '@zhangyi/core'
import { ExchangeFailure, MALFORMED } from '../call/exchange-failure.ts'
import type { Exchange } from '../call/plan.ts'
import { type SendOptions, sendBytes } from '../call/send-bytes.ts'
import { authHeaders, type RestAuth } from './sign-request.ts'

export interface JsonQuestion {
  readonly method: string
  /** Behind the base URL; without personal data. */
  readonly path: string
  /** Absent members are left out. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

export interface JsonExchangeOptions extends SendOptions {
  readonly baseUrl: string
  readonly headers?: Readonly<Record<string, string>>
  readonly auth: RestAuth
  readonly clock: Clock
}

/** JSON out, JSON in. */
export function jsonExchange(options: JsonExchangeOptions): Exchange<JsonQuestion> {
  const { headers, auth, clock } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  return async ({ method, path, body }, operation) => {
    const url = `${base}${path}`
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body), 'utf8')
    const signed = { method, path: new URL(url).pathname, body: bytes ?? new Uint8Array() }
    const reply = await sendBytes(options, {
      url,
      method,
      headers: {
        accept: 'application/json',
        ...(bytes === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...headers,
        ...authHeaders(auth, signed, clock),
      },
      body: bytes,
      operation,
    })
    return parseJson(reply)
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    // Fatal: a name in a wrong encoding must not come through as question marks.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ExchangeFailure(MALFORMED, 'not JSON')
  }
}
