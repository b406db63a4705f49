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

  function atHarness(address: unknown): URL {
    const asked = new URL(String(address))
    return new URL(asked.pathname + asked.search, origin)
  }

  /** `wx.downloadFile`: an answer of any status is a success, and its body is the file. */
  async function save(options: RequestOptions, files: Map<string, Uint8Array>): Promise<void> {
    try {
      const headers = { ...(options.header as Record<string, string> | undefined) }
      const response = await send(atHarness(options.url), { headers, redirect: 'manual' })
      const tempFilePath = `wxfile://tmp_${files.size + 1}`
      files.set(tempFilePath, new Uint8Array(await response.arrayBuffer()))
      answer(options as Parameters<typeof answer>[0], {
        errMsg: 'downloadFile:ok',
        statusCode: response.status,
        tempFilePath,
      })
    } catch (error) {
      answer(options as Parameters<typeof answer>[0], { errMsg: `downloadFile:fail ${String(error)}` })
    } finally {
      pending -= 1
    }
  }

  async function run(options: RequestOptions, controller: AbortController): Promise<void> {
    const timeoutMs = typeof options.timeout === 'number' ? options.timeout : 60_000
    const timer = setTimeout(() => controller.abort(new Error('timeout')), timeoutMs)
    try {
      const url = atHarness(options.url)
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
    download(options: RequestOptions, files: Map<string, Uint8Array>) {
      pending += 1
      void save(options, files)
      return { abort() {}, onProgressUpdate() {}, offProgressUpdate() {}, onHeadersReceived() {} }
    },
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
