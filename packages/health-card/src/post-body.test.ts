import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { postBody } from './post-body.ts'
import { cardServer } from './testing/card-server.ts'

const never = new AbortController().signal

const BROKEN: readonly [string, string, (response: ServerResponse) => void][] = [
  ['500', 'http-500', (response) => void response.writeHead(500).end('{}')],
  ['502 page', 'http-502', (response) => void response.writeHead(502).end('<html>')],
  ['404', 'http-404', (response) => void response.writeHead(404).end()],
  ['redirect', 'http-302', (response) => void response.writeHead(302, { location: '/x' }).end()],
  ['connection cut before the reply', 'UND_ERR_SOCKET', (response) => void response.destroy()],
  ['two megabytes', 'reply-too-large', (response) => void response.end(' '.repeat(2 ** 21))],
  ['GBK text', 'malformed', (response) => void response.end(Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]))],
]

test.each(BROKEN)('%s: unknown, %s', async (_, cause, answer) => {
  const origin = await cardServer((_request, response) => answer(response))
  expect(await postBody(fetch, origin, '{}', never)).toEqual({ kind: 'unknown', cause })
})

test('a reply cut within its body is unknown', async () => {
  const origin = await cardServer((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"commonOut":', () => response.destroy())
  })
  expect((await postBody(fetch, origin, '{}', never)).kind).toBe('unknown')
})

test('a refused connection was surely not carried out', async () => {
  // Port 1 of this machine: nobody listens there, and `fetch` blocks it without connecting, so both paths are seen.
  const refused = (cause: object) => async () => {
    throw Object.assign(new TypeError('fetch failed'), { cause })
  }
  const failures = [
    { code: 'ECONNREFUSED', syscall: 'connect' },
    { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
    { code: 'UND_ERR_CONNECT_TIMEOUT' },
    { code: 'ECONNREFUSED', errors: [{ syscall: 'connect' }, { syscall: 'connect' }] },
  ]
  for (const cause of failures)
    expect(await postBody(refused(cause), 'http://x', '{}', never)).toMatchObject({
      kind: 'no',
      code: 'transport',
    })
  const inUse = [
    { code: 'EHOSTUNREACH', syscall: 'read' },
    { code: 'ECONNRESET', syscall: 'read' },
  ]
  for (const cause of inUse)
    expect(await postBody(refused(cause), 'http://x', '{}', never)).toEqual({
      kind: 'unknown',
      cause: cause.code,
    })
})

test('a closed port refuses: no, by transport', async () => {
  let origin = ''
  {
    const { createServer } = await import('node:net')
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    await new Promise((resolve) => server.close(resolve))
  }
  expect(await postBody(fetch, origin, '{}', never)).toMatchObject({ kind: 'no', code: 'transport' })
})

test('the deadline while waiting for the reply, or while reading it, is unknown', async () => {
  const deadline = new AbortController()
  const silent = await cardServer(() => deadline.abort())
  const cut = { kind: 'unknown', cause: 'timeout' }
  expect(await postBody(fetch, silent, '{}', deadline.signal)).toEqual(cut)
  const slow = new AbortController()
  const started = await cardServer((_request, response) => {
    response.writeHead(200).write('{', () => slow.abort())
  })
  expect(await postBody(fetch, started, '{}', slow.signal)).toEqual(cut)
})

test('a fetch that ignores its signal does not outlast the deadline', async () => {
  const deadline = new AbortController()
  const deaf = () => {
    queueMicrotask(() => deadline.abort())
    return new Promise<Response>(() => {})
  }
  expect(await postBody(deaf, 'http://x', '{}', deadline.signal)).toEqual({
    kind: 'unknown',
    cause: 'timeout',
  })
})

test('with the deadline past, nothing is sent', async () => {
  const sent: unknown[] = []
  const send = async (url: unknown) => {
    sent.push(url)
    return new Response()
  }
  expect(await postBody(send, 'http://x', '{}', AbortSignal.abort())).toMatchObject({ kind: 'no' })
  expect(sent).toEqual([])
})
