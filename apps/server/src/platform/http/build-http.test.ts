import { sensitive } from '@zhangyi/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { AppError } from '../errors/catalogue.ts'
import { buildHttp, CONSOLE_POLICY, type Http } from './build-http.ts'
import { currentTraceId } from './trace.ts'

const CODE = 'one-use-code-42'
const ID_NUMBER = '330102199001012217'

async function listening(): Promise<{ http: Http; lines: string[] }> {
  const lines: string[] = []
  const http = await buildHttp({ logLevel: 'debug', logStream: { write: (line) => lines.push(line) } })
  onTestFinished(() => http.close())
  return { http, lines }
}

test('no log line holds a query string, whatever the answer', async () => {
  const { http, lines } = await listening()
  http.get('/ok', () => 'ok')
  http.get('/refused', () => {
    throw new AppError('login-refused')
  })
  http.get('/broken', () => {
    throw new Error('broken')
  })
  http.get('/away', (_request, reply) => reply.redirect(`/ok?code=${CODE}`))
  http.get('/typed', { schema: { querystring: z.object({ code: z.number() }) } }, () => 'ok')
  for (const path of ['ok', 'refused', 'broken', 'away', 'typed', 'nowhere'])
    await http.inject(`/${path}?code=${CODE}&state=${CODE}`)
  expect(lines.length).toBeGreaterThan(10)
  expect(lines.join('')).not.toContain(CODE)
  expect(lines.join('')).not.toContain('?')
})

test('no log line holds what a patient typed, nor a sensitive value that was handed to the log', async () => {
  const { http, lines } = await listening()
  const body = z.strictObject({ idNumber: z.string().max(10), nation: z.string() })
  http.post('/form', { schema: { body } }, () => 'ok')
  http.post('/fields', () => {
    throw new AppError('bad-input', { fields: [{ field: 'idNumber', message: '校验位不对' }] })
  })
  http.get('/logged', (request) => {
    request.log.info({ person: { idNumber: sensitive(ID_NUMBER) } }, 'checked')
    return 'ok'
  })
  const payload = { idNumber: ID_NUMBER, [ID_NUMBER]: ID_NUMBER }
  for (const url of ['/form', '/fields']) await http.inject({ method: 'POST', url, payload })
  await http.inject({
    method: 'POST',
    url: '/form',
    headers: { authorization: `Bearer ${CODE}`, cookie: CODE },
  })
  await http.inject('/logged')
  expect(lines.join('')).toContain('[已隐藏]')
  expect(lines.join('')).not.toContain(ID_NUMBER)
  expect(lines.join('')).not.toContain(CODE)
})

test('every line of a request carries its trace number, and so does everything it starts', async () => {
  const { http, lines } = await listening()
  const seen: string[] = []
  http.post('/', async (request) => {
    seen.push(currentTraceId())
    request.log.info('worked')
    await new Promise(setImmediate)
    seen.push(currentTraceId())
    return 'ok'
  })
  // A real socket: with a body that arrives in its own time, the handler runs in another turn of the loop.
  const origin = await http.listen({ host: '127.0.0.1', port: 0 })
  const reply = await fetch(origin, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'x'.repeat(100_000) }),
  })
  const traceId = reply.headers.get('x-trace-id')
  expect(seen).toEqual([traceId, traceId])
  await vi.waitFor(() => expect(lines.join('')).toContain('request completed'), { timeout: 10_000 })
  const ofRequest = lines
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => !msg.startsWith('Server listening'))
  expect(ofRequest.map((line) => line.traceId)).toEqual(ofRequest.map(() => traceId))
  expect(ofRequest.length).toBeGreaterThanOrEqual(3)
})

test('an unexpected error is in the log with its stack, under the trace number of the answer', async () => {
  const { http, lines } = await listening()
  http.get('/', () => {
    throw new Error('the very cause')
  })
  const { error } = (await http.inject('/')).json()
  const line = lines.map((text) => JSON.parse(text)).find(({ err }) => err)
  expect(line).toMatchObject({ traceId: error.traceId, code: 'internal', err: { message: 'the very cause' } })
  expect(line.err.stack).toContain('build-http.test.ts')
})

test('every answer forbids referrers, sniffing and foreign scripts', async () => {
  const { http } = await listening()
  http.get('/', () => 'ok')
  for (const url of ['/', '/nowhere']) {
    const { headers } = await http.inject(url)
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  }
})

test('a trace number is ours alone: a client cannot choose it', async () => {
  const { http } = await listening()
  http.get('/', () => 'ok')
  const { headers } = await http.inject({
    url: '/',
    headers: { 'request-id': 'mine', 'x-request-id': 'mine' },
  })
  expect(headers['x-trace-id']).toMatch(/^ZY-/)
})

test('bug: a directive stood twice in the policy of the console, and PDF of applicants was refused', () => {
  const names = CONSOLE_POLICY.split('; ').map((directive) => directive.split(' ')[0])
  expect(new Set(names).size).toBe(names.length)
  expect(CONSOLE_POLICY).toContain("object-src 'self' blob:")
  expect(CONSOLE_POLICY).toContain("img-src 'self' data: blob:")
  expect(CONSOLE_POLICY).toContain("script-src 'self';")
})
