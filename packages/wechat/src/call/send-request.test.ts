import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sendRequest } from './send-request.ts'

const never = new AbortController().signal

async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each<[string, string, (response: ServerResponse) => void]>([
  ['502', 'http-502', (response) => void response.writeHead(502).end('<html>')],
  ['redirect', 'http-302', (response) => void response.writeHead(302, { location: '/x' }).end()],
  ['connection cut before the reply', 'UND_ERR_SOCKET', (response) => void response.destroy()],
])('%s: unknown, %s', async (_, cause, answer) => {
  const url = await serve(answer)
  expect(await sendRequest(fetch, { url, body: '{}' }, never)).toEqual({ kind: 'unknown', cause })
})

test('a reply cut within its body is unknown', async () => {
  const url = await serve((response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"errcode":0', () => response.destroy())
  })
  expect((await sendRequest(fetch, { url, body: '{}' }, never)).kind).toBe('unknown')
})

test('a closed port, and a deadline that is past: no, nothing was sent', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise((resolve) => server.close(resolve))
  const refused = { kind: 'no', code: 'transport' }
  expect(await sendRequest(fetch, { url, body: '{}' }, never)).toMatchObject(refused)
  expect(await sendRequest(fetch, { url }, AbortSignal.abort())).toMatchObject(refused)
})

test('words of an error of fetch, which may hold the address, do not come out', async () => {
  const failing = async () => {
    throw Object.assign(new TypeError('x'), { cause: { code: 'bad url https://x/?access_token=1' } })
  }
  expect(await sendRequest(failing, { url: 'https://x' }, never)).toEqual({
    kind: 'unknown',
    cause: 'connection-lost',
  })
})

test('media type without parameters, in small letters', async () => {
  const url = await serve((response) => {
    response.setHeader('content-type', 'Application/JSON; charset=utf-8')
    response.end('{}')
  })
  expect(await sendRequest(fetch, { url }, never)).toMatchObject({
    kind: 'yes',
    value: { mediaType: 'application/json' },
  })
})
