import { SECOND_MS } from '@zhangyi/core'
import { ALL_OPERATIONS, type HisOperation } from '../../operations.ts'
import { ExchangeFailure } from './exchange-failure.ts'

// A HIS takes 10 to 60 s at night; by then nobody waits for it, and the status tells what became of it.
const DEFAULT_TIMEOUT_MS = 10 * SECOND_MS
// The slots of two weeks of a large hospital in XML are about 4 MB.
const MAX_REPLY_BYTES = 8 * 1024 * 1024

const CHANGES = new Set<HisOperation>(
  ALL_OPERATIONS.filter(([, kind]) => kind === 'change').map(([name]) => name),
)

export interface SendOptions {
  readonly fetch?: typeof fetch
  /** Limit of one question, the reading of its reply included. */
  readonly timeoutMs?: number
  /** The same for changes, which a HIS may take longer for; `timeoutMs` when absent. */
  readonly changeTimeoutMs?: number
  /** Makes the signal that ends a question; a test hands in its own instead of waiting. */
  readonly startTimeout?: (timeoutMs: number) => AbortSignal
}

export interface ByteRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
  /** Which of the two limits counts. */
  readonly operation: HisOperation
}

/**
 * Sends once and reads the reply of an HTTP 2xx. Throws `ExchangeFailure` for everything else: even a refused
 * connection leaves it open, because there may be a bus in between that has taken the message.
 */
export async function sendBytes(options: SendOptions, request: ByteRequest): Promise<Uint8Array> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, changeTimeoutMs = timeoutMs, fetch: send = fetch } = options
  const { startTimeout = (ms: number) => AbortSignal.timeout(ms) } = options
  const deadline = startTimeout(CHANGES.has(request.operation) ? changeTimeoutMs : timeoutMs)
  try {
    return await withinDeadline(exchange(send, request, deadline), deadline)
  } catch (error) {
    if (error instanceof ExchangeFailure) throw error
    // The platform's own error would quote the address, and with some clients the body.
    throw new ExchangeFailure(deadline.aborted ? 'timeout' : 'connection-lost')
  }
}

async function exchange(
  send: typeof fetch,
  { url, method, headers, body }: ByteRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const response = await send(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
    signal,
    // Personal data goes to the configured address or nowhere.
    redirect: 'manual',
  })
  if (response.status < 200 || response.status > 299) {
    response.body?.cancel().catch(() => {})
    throw new ExchangeFailure(`http-${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_REPLY_BYTES) throw new ExchangeFailure('reply-too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// Beside the signal that `fetch` was given: an injected fetch may ignore it.
function withinDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new ExchangeFailure('timeout'))
    if (deadline.aborted) late()
    deadline.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', late))
  })
}
