import type { KeyObject } from 'node:crypto'
import { type Clock, SECOND_MS, startTimeout } from '@zhangyi/core'
import { readApiV3Key } from './aead.ts'
import { chooseKey, chosenSerial } from './choose-key.ts'
import type { Endpoint } from './endpoints.ts'
import { WechatPayError, WechatPayInputError } from './errors.ts'
import { createKeyRing, type RingKey } from './key-ring.ts'
import type { WechatPayOptions } from './options.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { MalformedAnswer, type Members, parseMembers } from './read-members.ts'
import type { Answer } from './send-once.ts'
import { type CallDetail, type Channel, type Judged, sendOverHosts } from './send-over-hosts.ts'
import { type SentResult, sentResult } from './sent-result.ts'
import { createSigner } from './sign-request.ts'

// Longer than the ten seconds in which the built-in fetch gives up connecting: a host that cannot be connected to
// must be told apart from one that did not answer, because only the first permits the second host.
const DEFAULT_TIMEOUT_MS = 15 * SECOND_MS
const DEFAULT_ORIGINS = ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'] as const
const DEFAULT_USER_AGENT = 'zhangyi-wechat-pay/0.1.0'
const NO_BODY = new Uint8Array()

export interface SendOptions {
  /** 1 for the first sending of these bytes; count it up in your own record before each sending. */
  readonly attempt: number
}

/** What an operation needs to make its call. */
export interface Caller extends Channel {
  readonly mchid: string
  readonly clock: Clock
  readonly apiV3Key: KeyObject
  /** The app of this call. Throws `WechatPayInputError` if neither it nor the options name one. */
  appid(given: string | undefined): string
  /** The key for sensitive fields. Throws `WechatPayInputError` if the ring has none. */
  encryptionKey(): RingKey
  /** Sends a prepared request; `parse` makes the value of a verified answer and may throw `MalformedAnswer`. */
  change<T>(
    request: PreparedRequest,
    send: SendOptions,
    parse: (answer: Members) => T,
  ): Promise<SentResult<T>>
  /** A read. Throws `WechatPayError`. */
  read<T>(endpoint: Endpoint, pathAndQuery: string, parse: (answer: Members) => T): Promise<T>
  /** A read to which "there is none" is an answer, though an inconclusive one. Throws `WechatPayError`. */
  find<T>(endpoint: Endpoint, pathAndQuery: string, parse: (answer: Members) => T): Promise<T | 'not-found'>
  /** A read whose 2xx answer, as bytes, the operation judges itself. Throws `WechatPayError` for anything else. */
  readRaw(endpoint: Endpoint, pathAndQuery: string): Promise<Answer>
}

/** Throws `WechatPayInputError` or `WechatPayCryptoError` for options that cannot work. */
export function createCaller(options: WechatPayOptions): Caller {
  const { mchid, merchantSerial, merchantPrivateKeyPem, clock, encryptWith } = options
  const signer = createSigner({ mchid, serial: merchantSerial, privateKeyPem: merchantPrivateKeyPem })
  const ring = options.keyRing ?? createKeyRing(options)
  const channel: Channel = {
    sender: {
      signer,
      fetch: options.fetch ?? fetch,
      userAgent: options.userAgent ?? DEFAULT_USER_AGENT,
      nowMs: () => clock.nowMs(),
    },
    ring,
    origins: (options.origins ?? DEFAULT_ORIGINS).map(readOrigin),
    options,
    startTimeout: () => startTimeout({ timeoutMs: DEFAULT_TIMEOUT_MS, ...options }),
  }
  const get = (endpoint: Endpoint, pathAndQuery: string): Promise<Judged> => {
    const wechatpaySerial = chosenSerial(ring, encryptWith)
    return sendOverHosts(channel, endpoint, 1, {
      method: 'GET',
      pathAndQuery,
      body: NO_BODY,
      wechatpaySerial,
    })
  }
  return {
    ...channel,
    mchid,
    clock,
    apiV3Key: readApiV3Key(options.apiV3Key),
    appid: (given) => {
      const appid = given ?? options.appid
      if (!appid || !/^[0-9A-Za-z_-]{1,32}$/.test(appid))
        throw new WechatPayInputError('appid', 'missing or malformed')
      return appid
    },
    encryptionKey: () => chooseKey(ring, encryptWith),
    change: async (prepared, { attempt }, parse) => {
      const { endpoint, method, path, body, encryptionKeyId } = prepared
      if (prepared.mchid !== mchid) throw new WechatPayInputError('mchid', 'prepared for another merchant')
      if (!Number.isSafeInteger(attempt) || attempt < 1)
        throw new WechatPayInputError('attempt', 'not a count from 1')
      const wechatpaySerial = encryptionKeyId ?? chosenSerial(ring, encryptWith)
      const request = { method, pathAndQuery: path, body, wechatpaySerial }
      return sentResult(await sendOverHosts(channel, endpoint, attempt, request), parse)
    },
    read: async (endpoint, path, parse) => parsed(endpoint, await get(endpoint, path), parse),
    find: async (endpoint, path, parse) => {
      const judged = await get(endpoint, path)
      return judged.detail.class === 'not-found' ? 'not-found' : parsed(endpoint, judged, parse)
    },
    readRaw: async (endpoint, path) => answerOrThrow(endpoint, await get(endpoint, path)),
  }
}

function parsed<T>(endpoint: Endpoint, judged: Judged, parse: (answer: Members) => T): T {
  const members = parseMembers(answerOrThrow(endpoint, judged).rawBody)
  try {
    if (members) return parse(members)
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error
  }
  throw new WechatPayError('unknown', endpoint, 'malformed', judged.detail)
}

function answerOrThrow(endpoint: Endpoint, { answer, detail }: Judged): Answer {
  if (answer) return answer
  throw new WechatPayError(kindOf(detail), endpoint, detail.code ?? detail.class, detail)
}

function kindOf({ code = '', httpStatus }: CallDetail): WechatPayError['kind'] {
  if (code === 'not-sent') return 'transport'
  // Codes of the platform are upper case, ours are not.
  return httpStatus !== undefined && /^[A-Z0-9_]+$/.test(code) ? 'platform' : 'unknown'
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  // Signed requests carry openids, and unsigned error answers decide: neither goes over plain HTTP but on this machine.
  if (!url || !(url.protocol === 'https:' || local) || url.pathname !== '/' || url.search || url.username)
    throw new WechatPayInputError('origins', 'not an https:// origin')
  return url.origin
}
