import { answer } from './wx-answer.ts'

type RequestOptions = {
  readonly url?: unknown
  readonly method?: unknown
  readonly header?: unknown
  readonly data?: unknown
  readonly timeout?: unknown
  readonly dataType?: unknown
  success?: (result: object) => void
  fail?: (result: object) => void
  complete?: (result: object) => void
}

/** `wx.request` over fetch. The build has some origin in it; every request goes to the harness's instead. */
export function createWxNetwork(origin: string, send: typeof fetch) {
  let pending = 0

  async function run(options: RequestOptions, controller: AbortController): Promise<void> {
    const timeoutMs = typeof options.timeout === 'number' ? options.timeout : 60_000
    const timer = setTimeout(() => controller.abort(new Error('timeout')), timeoutMs)
    try {
      const asked = new URL(String(options.url))
      const url = new URL(asked.pathname + asked.search, origin)
      const method = String(options.method ?? 'GET').toUpperCase()
      const { data } = options
      const isText = typeof data === 'string'
      if (method === 'GET' && typeof data === 'object' && data !== null) {
        for (const [key, value] of Object.entries(data)) url.searchParams.set(key, String(value))
      }
      const body = method === 'GET' || data === undefined ? undefined : isText ? data : JSON.stringify(data)
      const response = await send(url, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(options.header as Record<string, string> | undefined),
        },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: controller.signal,
      })
      const text = await response.text()
      const headers: Record<string, string> = {}
      response.headers.forEach((value, name) => {
        headers[name] = value
      })
      answer(options as Parameters<typeof answer>[0], {
        errMsg: 'request:ok',
        statusCode: response.status,
        header: headers,
        data: options.dataType === undefined || options.dataType === 'json' ? parsed(text) : text,
        cookies: [],
      })
    } catch (error) {
      const timedOut = controller.signal.aborted && String(controller.signal.reason).includes('timeout')
      const errMsg = `request:fail ${timedOut ? 'timeout' : String(error)}`
      answer(options as Parameters<typeof answer>[0], { errMsg, errno: timedOut ? 5 : 600000 })
    } finally {
      clearTimeout(timer)
      pending -= 1
    }
  }

  return {
    pending: () => pending,
    request(options: RequestOptions) {
      const controller = new AbortController()
      pending += 1
      void run(options, controller)
      return {
        abort: () => controller.abort(),
        onHeadersReceived() {},
        offHeadersReceived() {},
        onChunkReceived() {},
      }
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
