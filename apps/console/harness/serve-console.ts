import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { answer, refusal } from './fake/answer.ts'
import type { World } from './fake/world.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
// As the gateway's: no inline script, nothing from elsewhere.
const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; base-uri 'self'; frame-ancestors 'none'; frame-src 'self' blob:; object-src 'self' blob:"

export interface Served {
  readonly url: string
  readonly close: () => Promise<void>
}

/** The built console under /console/ as the gateway serves it, on a fake of the server's contract. */
export async function serveConsole(dist: string, world: World, port = 0): Promise<Served> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname.startsWith('/api/')) await sendAnswer(world, request, response, url)
    else if (url.pathname.startsWith('/console/')) await sendFile(dist, response, url.pathname)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}/console/`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function sendAnswer(world: World, request: IncomingMessage, response: ServerResponse, url: URL) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, string>)
  const method = request.method ?? 'GET'
  const path = url.pathname.replace('/api/v1/console', '')
  world.asked.push(`${method} ${path}${url.search}`)
  if (text !== '') world.bodies.push(body)
  if (path === '/events') return sendStream(world, response)
  const fault = world.faults.get(`${method} ${path}`)
  if (fault === 'lost') {
    response.destroy()
    return
  }
  const given = fault ? refusal(fault.status, fault.code, fault.message) : answer(world, method, url, body)
  if (given.file) {
    response.writeHead(given.status, { 'content-type': given.file.type, 'cache-control': 'no-store' })
    response.end(given.file.bytes)
    return
  }
  response.writeHead(given.status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(given.body === undefined ? undefined : JSON.stringify(given.body))
}

/** Refused without noise unless a test wants it: a stream that stays open keeps a browser from being idle. */
function sendStream({ live }: World, response: ServerResponse): void {
  if (!live) return void response.writeHead(204).end()
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('retry: 1000\n\n')
  live.tell = (topic) => response.write(`data: ${JSON.stringify({ hospital: 'main', topic })}\n\n`)
}

async function sendFile(dist: string, response: ServerResponse, path: string): Promise<void> {
  const asked = join(dist, normalize(decodeURIComponent(path)).slice('/console'.length))
  const isFile = extname(asked) !== '' && existsSync(asked)
  const file = isFile ? asked : join(dist, 'index.html')
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CSP,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(await readFile(file))
}
