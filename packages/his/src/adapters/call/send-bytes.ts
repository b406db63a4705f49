import { type Deadlines, readLimited, startTimeout, withinDeadline } from '@zhangyi/core'
import { ALL_OPERATIONS, type HisOperation } from '../../operations.ts'
import { ExchangeFailure } from './exchange-failure.ts'

// The slots of two weeks of a large hospital in XML are about 4 MB.
const MAX_REPLY_BYTES = 8 * 1024 * 1024

const CHANGES = new Set<HisOperation>(
  ALL_OPERATIONS.filter(([, kind]) => kind === 'change').map(([name]) => name),
)

// A HIS takes 10 to 60 s at night; by then nobody waits for it, and the status tells what became of it.
export interface SendOptions extends Deadlines {
  readonly fetch?: typeof fetch
  /** The same for changes, which a HIS may take longer for; `timeoutMs` when absent. */
  readonly changeTimeoutMs?: number
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
  const { timeoutMs, changeTimeoutMs = timeoutMs, fetch: send = fetch, ...rest } = options
  const limitMs = CHANGES.has(request.operation) ? changeTimeoutMs : timeoutMs
  const deadline = startTimeout({ ...rest, ...(limitMs === undefined ? {} : { timeoutMs: limitMs }) })
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
  const bytes = await readLimited(response, MAX_REPLY_BYTES)
  if (!bytes) throw new ExchangeFailure('reply-too-large')
  return bytes
}
