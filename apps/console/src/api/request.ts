import { ApiError, type FieldProblem } from './api-error.ts'

const BASE = '/api/v1/console'
// Longer than the server's own limit for an outside call, so that its answer still arrives.
const PATIENCE_MS = 40_000
/** Of files: a large one is read in, or made, in less. */
const PATIENCE_OF_FILES_MS = 300_000

export type Query = Readonly<Record<string, string | undefined>>

let whenSignedOut: () => void = () => {}

/** Called when the server no longer knows the session. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return request<T>('GET', withQuery(path, query), undefined, signal)
}

function withQuery(path: string, query: Query): string {
  const filled = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1])
  const search = new URLSearchParams(filled).toString()
  return search ? `${path}?${search}` : path
}

export function put<T>(path: string, body: object): Promise<T> {
  return request<T>('PUT', path, body)
}

export function post<T>(path: string, body: object = {}): Promise<T> {
  return request<T>('POST', path, body)
}

/** Of what the browser goes to by itself: a file to keep, a stream, a way out. */
export function addressOf(path: string, query?: Readonly<Record<string, string>>): string {
  return query ? `${BASE}${path}?${new URLSearchParams(query)}` : BASE + path
}

/** A change that takes the server long, as the import of a large file. */
export function postLong<T>(path: string, body: object): Promise<T> {
  return answered('POST', path, body, PATIENCE_OF_FILES_MS, async (response) => (await response.json()) as T)
}

/** A file to be shown here; of what type it is says the server, not whoever sent it in. */
export function getFile(path: string, query: Query, signal?: AbortSignal): Promise<Blob> {
  return answered('GET', withQuery(path, query), undefined, PATIENCE_OF_FILES_MS, (one) => one.blob(), signal)
}

/** A file that the server makes; the browser keeps it under the server's name for it. */
export async function download(path: string, body: object): Promise<void> {
  const read = async (response: Response) => {
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
    return { file: await response.blob(), name: name ?? 'export.csv' }
  }
  const { file, name } = await answered('POST', path, body, PATIENCE_OF_FILES_MS, read)
  keepFile(file, name)
}

/** Hands a file to the browser's downloads. */
export function keepFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}

export function remove(path: string): Promise<void> {
  return request<void>('DELETE', path)
}

function request<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const read = async (response: Response) =>
    response.status === 204 ? (undefined as T) : ((await response.json()) as T)
  return answered(method, path, body, PATIENCE_MS, read, signal)
}

/** The answer to one request, read while there is still patience for it. */
async function answered<T>(
  method: string,
  path: string,
  body: object | undefined,
  patienceMs: number,
  read: (response: Response) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  // By hand: hospitals keep browsers that do not know AbortSignal.any.
  const limit = new AbortController()
  const abort = () => limit.abort()
  const timer = setTimeout(abort, patienceMs)
  signal?.addEventListener('abort', abort)
  try {
    return await read(await send(method, path, body, limit.signal))
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error
    throw noAnswer(method)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

async function send(
  method: string,
  path: string,
  body: object | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(BASE + path, {
    method,
    signal,
    credentials: 'same-origin',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok) throw await refusal(response)
  return response
}

/** A change whose answer is lost may have happened: nobody is told to do it again unseen. */
function noAnswer(method: string): ApiError {
  return method === 'GET'
    ? new ApiError({ code: 'unreachable', message: '连不上服务器。请检查网络，然后重试。' })
    : new ApiError({
        code: 'no-answer',
        message: '没有收到结果，不知道是否已经生效。请先刷新页面看现在的状态，再决定要不要重做。',
      })
}

interface ErrorBody {
  error?: { code?: string; message?: string; traceId?: string; fields?: FieldProblem[] }
}

async function refusal(response: Response): Promise<ApiError> {
  // A proxy in between answers with a page of its own.
  const { error = {} } = (await response.json().catch(() => ({}))) as ErrorBody
  const code = error.code ?? 'internal'
  if (code === 'operator-not-signed-in') whenSignedOut()
  return new ApiError({
    code,
    message: error.message ?? `服务器没有正常回答（${response.status}）。请稍后重试；一直这样请联系管理员。`,
    status: response.status,
    traceId: error.traceId ?? response.headers.get('x-trace-id') ?? '',
    fields: error.fields ?? [],
  })
}
