import { ManualClock } from '@zhangyi/core'
import { createWechatPayClient, type WechatPayClient } from '../client.ts'
import type { CallRecord, WechatPayOptions } from '../options.ts'
import {
  API_V3_KEY,
  MERCHANT,
  MERCHANT_SERIAL,
  PLATFORM,
  PUBLIC_KEY_ID,
  signAsPlatform,
} from './platform-keys.ts'

export const MAIN = 'https://main.example'
export const BACKUP = 'https://backup.example'

export interface SentRequest {
  readonly origin: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly rawBody: Uint8Array
  readonly json: unknown
}

/** What the fake does with a request: an answer, or one of the ways in which there is none. */
export type FakeAnswer =
  | {
      readonly status?: number
      readonly json?: unknown
      readonly raw?: Uint8Array | string
      readonly signed?: 'good' | 'bad' | 'probe' | 'none'
      readonly headers?: Readonly<Record<string, string>>
    }
  | 'refused-connection'
  | 'lost-connection'
  | 'silence'

export interface FakeWechatPay {
  readonly client: WechatPayClient
  readonly clock: ManualClock
  readonly sent: SentRequest[]
  readonly records: CallRecord[]
}

/** WeChat Pay as an injected `fetch`, with real signatures. Tests only. */
export function fakeWechatPay(
  answer: (request: SentRequest) => FakeAnswer,
  more: Partial<WechatPayOptions> = {},
): FakeWechatPay {
  const clock = new ManualClock()
  const sent: SentRequest[] = []
  const records: CallRecord[] = []
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { origin, pathname, search } = new URL(String(input))
    const rawBody = init?.body ? new Uint8Array(init.body as Uint8Array) : new Uint8Array()
    const text = Buffer.from(rawBody).toString('utf8')
    const request: SentRequest = {
      origin,
      method: init?.method ?? 'GET',
      path: pathname + search,
      headers: init?.headers as Record<string, string>,
      rawBody,
      json: text ? JSON.parse(text) : undefined,
    }
    sent.push(request)
    return respond(answer(request), clock.nowMs())
  }
  const client = createWechatPayClient({
    mchid: '1900000001',
    appid: 'wx0000test',
    merchantSerial: MERCHANT_SERIAL,
    merchantPrivateKeyPem: MERCHANT.pem,
    apiV3Key: API_V3_KEY,
    publicKeys: [{ id: PUBLIC_KEY_ID, pem: PLATFORM.publicKeyPem }],
    origins: [MAIN, BACKUP],
    clock,
    fetch: send,
    onCall: (call) => records.push(call),
    ...more,
  })
  return { client, clock, sent, records }
}

function respond(answer: FakeAnswer, nowMs: number): Response | Promise<Response> {
  if (answer === 'silence') return new Promise(() => {})
  if (answer === 'refused-connection') throw fetchFailed({ code: 'ECONNREFUSED', syscall: 'connect' })
  if (answer === 'lost-connection') throw fetchFailed({ code: 'ECONNRESET', syscall: 'read' })
  const { status = 200, json, raw = json === undefined ? '' : JSON.stringify(json) } = answer
  const rawBody = typeof raw === 'string' ? Buffer.from(raw) : raw
  const { signed = status < 300 ? 'good' : 'none' } = answer
  const headers = {
    'request-id': 'REQUEST-1',
    ...(signed !== 'none' && signAsPlatform(rawBody, nowMs)),
    ...(signed === 'bad' && { 'wechatpay-signature': Buffer.alloc(256, 1).toString('base64') }),
    ...(signed === 'probe' && { 'wechatpay-signature': `WECHATPAY/SIGNTEST/${'A'.repeat(344)}` }),
    ...answer.headers,
  }
  return new Response(status === 204 ? null : Buffer.from(rawBody), { status, headers })
}

function fetchFailed(cause: object): Error {
  return Object.assign(new TypeError('fetch failed'), { cause })
}
