import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sendBytes } from './send-bytes.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A real server on a free port: what an injected `fetch` cannot show. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
}

const post = (url: string, options: Parameters<typeof sendBytes>[0] = {}) =>
  sendBytes(options, {
    url,
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    operation: 'deposits.hold',
    body: Buffer.from([0xc0, 0xee]),
  })

test('sends the bytes as they are and answers the bytes as they came', async () => {
  const url = await serve((request, reply) => request.pipe(reply))
  expect(await post(url)).toEqual(new Uint8Array([0xc0, 0xee]))
})

test('does not follow a redirect: personal data goes to the configured address or nowhere', async () => {
  const url = await serve((_, reply) => reply.writeHead(307, { location: 'http://127.0.0.1:1/' }).end())
  await expect(post(url)).rejects.toMatchObject({ name: 'ExchangeFailure', code: 'http-307' })
})

test('a connection that is cut in the middle of the reply brings no reply', async () => {
  const url = await serve((_, reply) => {
    reply.writeHead(200, { 'content-length': '100' }).write('half')
    setImmediate(() => reply.destroy())
  })
  await expect(post(url)).rejects.toMatchObject({ code: 'connection-lost' })
})

test('nobody listens', async () => {
  const url = await serve(() => {})
  for (const stop of stops.splice(0)) stop()
  await expect(post(url)).rejects.toMatchObject({ code: 'connection-lost' })
})

test('a reply without end is given up at the limit', async () => {
  const url = await serve((_, reply) => {
    const chunk = Buffer.alloc(1024 * 1024)
    const more = () => {
      while (!reply.destroyed && reply.write(chunk));
    }
    reply.on('drain', more)
    more()
  })
  await expect(post(url)).rejects.toMatchObject({ code: 'reply-too-large' })
})

test('the deadline covers the reading of the reply', async () => {
  const deadline = new AbortController()
  const url = await serve((_, reply) => {
    reply.write('half')
    setImmediate(() => deadline.abort())
  })
  await expect(post(url, { startTimeout: () => deadline.signal })).rejects.toMatchObject({ code: 'timeout' })
})

test('a change has a limit of its own', async () => {
  const url = await serve((request, reply) => request.pipe(reply))
  const limits: number[] = []
  const startTimeout = (ms: number) => {
    limits.push(ms)
    return new AbortController().signal
  }
  const request = { url, method: 'POST', headers: {}, body: undefined }
  for (const operation of ['balances.of', 'deposits.hold'] as const)
    await sendBytes({ timeoutMs: 1_000, changeTimeoutMs: 9_000, startTimeout }, { ...request, operation })
  expect(limits).toEqual([1_000, 9_000])
})
