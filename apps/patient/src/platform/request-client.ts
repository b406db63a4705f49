import { type ApiResult, localError, readApiError } from './api-error.ts'
import { type Query, routeUrl } from './routes.ts'

const REQUEST_TIMEOUT_MS = 10_000

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type WireRequest = {
  readonly url: string
  readonly method: Method
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
}
export type WireAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly traceId?: string }
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'network' }
export type Transport = (request: WireRequest) => Promise<WireAnswer>

export type RequestOptions<T> = {
  readonly method?: Method
  readonly query?: Query
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Turns the answer into the page's type and throws when it does not fit; nothing is believed unread. */
  readonly read: (body: unknown) => T
}

export type RequestClient = <T>(path: string, options: RequestOptions<T>) => Promise<ApiResult<T>>

/** The client without uni-app: the same code runs under Node in its tests. */
export function createRequestClient(parts: {
  readonly origin: string
  readonly token: () => string | undefined
  readonly transport: Transport
}): RequestClient {
  return async (path, options) => {
    const token = parts.token()
    const answer = await parts.transport({
      url: parts.origin + routeUrl(path, options.query),
      method: options.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      timeoutMs: options.timeoutMs ?? REQUEST_TIMEOUT_MS,
    })
    if (answer.kind === 'failed')
      return { ok: false, error: localError(answer.reason === 'timeout' ? 'TIMEOUT' : 'NETWORK') }
    if (answer.status < 200 || answer.status > 299)
      return { ok: false, error: readApiError(answer.status, answer.body, answer.traceId) }
    try {
      return { ok: true, data: options.read(answer.body) }
    } catch {
      return { ok: false, error: localError('BAD_RESPONSE', answer.traceId) }
    }
  }
}
