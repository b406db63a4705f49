import { isRecord } from './api-error.ts'
import { createRequestClient, type Transport } from './request-client.ts'
import { forget, recall, remember, storageKey } from './storage.ts'
import { isH5 } from './target.ts'

// The gateway serves the H5 itself: same origin, no CORS. In the mini program `.invalid` never resolves: a
// build without a setting fails at once instead of calling somebody.
const origin = isH5 ? '' : (import.meta.env.VITE_ZHANGYI_ORIGIN ?? 'https://zhangyi.invalid')

const tokenKey = storageKey('session', (value): value is string => typeof value === 'string' && value !== '')

export function rememberSession(token: string, ttlMs: number): void {
  remember(tokenKey, token, ttlMs)
}

export function sessionToken(): string | undefined {
  return recall(tokenKey)
}

export function forgetSession(): void {
  forget(tokenKey)
}

// WeChat keeps the case of header names as the server wrote it, or not, by version.
function traceOf(headers: unknown): { traceId?: string } {
  if (!isRecord(headers)) return {}
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-trace-id')?.[1]
  return typeof found === 'string' ? { traceId: found } : {}
}

export const transport: Transport = (request) =>
  new Promise((resolve) => {
    uni.request({
      url: request.url,
      method: request.method,
      header: { ...request.headers },
      ...(request.body === undefined ? {} : { data: request.body }),
      timeout: request.timeoutMs,
      // 'json' parses where it can and leaves text where it cannot; readApiError copes with both.
      dataType: 'json',
      success: ({ statusCode, data, header }) =>
        resolve({ kind: 'answer', status: statusCode, body: data, ...traceOf(header) }),
      fail: (failure: { errMsg?: string }) =>
        resolve({ kind: 'failed', reason: /time.?out/i.test(failure.errMsg ?? '') ? 'timeout' : 'network' }),
    })
  })

export const request = createRequestClient({ origin, token: sessionToken, transport })
