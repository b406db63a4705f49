import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { causeOf, readLimited, wasNeverSent, withinDeadline } from '@zhangyi/core'
import { type CallClass, classify } from '../classify.ts'
import type { Caller } from '../create-caller.ts'
import type { Endpoint } from '../endpoints.ts'
import { WechatPayDownloadError, WechatPayError, WechatPayInputError } from '../errors.ts'
import type { CallRecord } from '../options.ts'
import { parseMembers } from '../read-members.ts'
import { type HttpRequest, MAX_ANSWER_BYTES, requestIdOf, startRequest } from '../send-once.ts'
import { pathOf, tell } from '../send-over-hosts.ts'
import type { FinishedReceipt } from './read-receipt.ts'
import type { BillFile } from './request-bill.ts'

// A million rows of the widest bill take some 400 MB.
const DEFAULT_MAX_FILE_BYTES = 2 * 1024 ** 3

/** 下载账单: plain bytes of a bill; see `downloadFile`. */
export function downloadBill(caller: Caller, bill: BillFile): AsyncIterable<Uint8Array> {
  const { downloadUrl, sha1, compression } = bill
  return downloadFile(caller, 'bill-download', downloadUrl, {
    algorithm: 'sha1',
    expected: sha1,
    gunzip: compression === 'gzip',
  })
}

/** 下载电子回单. */
export function downloadReceipt(caller: Caller, receipt: FinishedReceipt): AsyncIterable<Uint8Array> {
  const { downloadUrl, hashType, hashValue } = receipt
  const algorithm = hashType === 'SM3' ? 'sm3' : 'sha256'
  const expected = hashValue.toLowerCase()
  return downloadFile(caller, 'receipt-download', downloadUrl, { algorithm, expected, gunzip: false })
}

interface FileCheck {
  readonly algorithm: 'sha1' | 'sha256' | 'sm3'
  /** Lower-case hex, of the plain bytes. */
  readonly expected: string
  readonly gunzip: boolean
}

/**
 * Streams a file. The platform does not sign it: the announced hash, which was signed, takes the signature's place. It
 * is known only at the end, so the last step **throws** `WechatPayDownloadError` if it differs: use nothing of the file
 * before the iteration has ended well. Throws `WechatPayError` if the file cannot be had at all.
 */
async function* downloadFile(
  caller: Caller,
  endpoint: Endpoint,
  downloadUrl: string,
  { algorithm, expected, gunzip }: FileCheck,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { maxFileBytes = DEFAULT_MAX_FILE_BYTES } = caller.options
  const abort = new AbortController()
  const received = await open(caller, endpoint, downloadUrl, abort)
  const source = gunzip ? unzip(received) : received
  const hash = createHash(algorithm)
  let bytes = 0
  try {
    const chunks = source[Symbol.asyncIterator]()
    while (true) {
      // The limit is on silence, not on the whole file: a large bill over a slow line may take its time.
      const { done, value } = await withinDeadline(chunks.next(), caller.startTimeout())
      if (done) break
      bytes += value.byteLength
      if (bytes > maxFileBytes) throw new WechatPayDownloadError('too-large', endpoint)
      hash.update(value)
      yield value
    }
  } catch (error) {
    if (error instanceof WechatPayDownloadError) throw error
    throw new WechatPayDownloadError(isZlibError(error) ? 'compression' : 'cut', endpoint)
  } finally {
    // Also when the reader stops early: nothing keeps the connection open behind its back.
    abort.abort()
    source.destroy()
  }
  if (hash.digest('hex') !== expected) throw new WechatPayDownloadError('hash', endpoint)
}

async function open(
  caller: Caller,
  endpoint: Endpoint,
  downloadUrl: string,
  abort: AbortController,
): Promise<Readable> {
  const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined
  // The URL came from outside: signed requests go to the configured hosts and nowhere else.
  if (!url || !caller.origins.includes(url.origin) || url.username)
    throw new WechatPayInputError('download_url', 'not on a host of this client')
  const request: HttpRequest = {
    method: 'GET',
    pathAndQuery: url.pathname + url.search,
    body: new Uint8Array(),
    wechatpaySerial: undefined,
  }
  const startedAtMs = caller.sender.nowMs()
  const started = performance.now()
  const record = (answer: Pick<CallRecord, 'httpStatus' | 'requestId' | 'class' | 'code'>) =>
    tell(caller.options, {
      ...{ startedAtMs, tookMs: performance.now() - started, endpoint, method: request.method },
      ...{ origin: url.origin, path: pathOf(request), attempt: 1, ...answer },
    })
  try {
    const response = await ask(caller, endpoint, url.origin, request, abort.signal)
    const { status: httpStatus, headers } = response
    record({ httpStatus, requestId: requestIdOf(headers), class: 'ok', code: undefined })
    return Readable.from(response.body ?? [])
  } catch (error) {
    // Nobody reads on: a request that still waits gives its connection back.
    abort.abort()
    if (error instanceof WechatPayError) {
      const { httpStatus, requestId, code } = error
      record({ httpStatus, requestId, class: classOf(endpoint, error), code })
    }
    throw error
  }
}

function classOf(endpoint: Endpoint, { kind, httpStatus = 0, code }: WechatPayError): CallClass {
  if (kind === 'transport') return 'not-accepted'
  return kind === 'platform' ? classify(endpoint, 1, httpStatus, code) : 'unknown'
}

async function ask(
  caller: Caller,
  endpoint: Endpoint,
  origin: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Response> {
  const deadline = caller.startTimeout()
  let response: Response
  try {
    response = await withinDeadline(startRequest(caller.sender, origin, request, signal), deadline)
  } catch (error) {
    if (wasNeverSent(error)) throw new WechatPayError('transport', endpoint, 'not-sent')
    throw new WechatPayError('unknown', endpoint, deadline.aborted ? 'timeout' : causeOf(error))
  }
  if (response.status === 200) return response
  throw await refusal(endpoint, response, deadline)
}

async function refusal(endpoint: Endpoint, response: Response, deadline: AbortSignal) {
  const answer = { httpStatus: response.status, requestId: requestIdOf(response.headers) }
  const body = await withinDeadline(readLimited(response, MAX_ANSWER_BYTES), deadline).catch(() => undefined)
  const code = body && parseMembers(body)?.['code']
  if (typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code))
    return new WechatPayError('platform', endpoint, code, answer)
  return new WechatPayError('unknown', endpoint, `http-${response.status}`, answer)
}

function unzip(received: Readable): Readable {
  const gunzip = createGunzip()
  // Its errors come out of the iteration over `gunzip`; `pipeline` sees to it that both ends are closed.
  pipeline(received, gunzip, () => {})
  return gunzip
}

function isZlibError(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && code.startsWith('Z_')
}
