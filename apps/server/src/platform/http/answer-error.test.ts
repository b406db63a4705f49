import { sensitive } from '@zhangyi/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AppError, CATALOGUE } from '../errors/catalogue.ts'
import { buildHttp, type Http } from './build-http.ts'
import { errorBodySchema } from './error-body.ts'

const SECRET = '330102199001012217'
const JSON_BODY = { 'content-type': 'application/json' }

describe('whatever goes wrong, the answer has one form', () => {
  let http: Http
  beforeEach(async () => {
    http = await buildHttp({ logLevel: 'fatal' })
    http.get('/app-error', () => {
      throw new AppError('flow-expired')
    })
    http.get('/surprise', () => {
      throw new Error(`no row for ${SECRET}`)
    })
    http.get('/thrown-text', () => {
      throw SECRET
    })
    http.get(
      '/wrong-reply',
      { schema: { response: { 200: z.object({ a: z.string() }) } } },
      () => ({ a: 1 }) as never,
    )
    http.post(
      '/form',
      {
        schema: {
          body: z.strictObject({ name: z.string().min(2, '姓名至少两个字'), age: z.number() }),
          querystring: z.object({ page: z.coerce.number().optional() }),
        },
      },
      () => 'ok',
    )
  })
  afterEach(() => http.close())

  const form = (payload: string, headers: Record<string, string> = JSON_BODY) =>
    http.inject({ method: 'POST', url: '/form', headers, payload })

  test.each<[string, () => ReturnType<typeof form>, number, string]>([
    ['our own error', () => http.inject('/app-error'), 410, 'flow-expired'],
    ['an unexpected error', () => http.inject('/surprise'), 500, 'internal'],
    ['something thrown that is no error', () => http.inject('/thrown-text'), 500, 'internal'],
    ['a reply that breaks its own schema', () => http.inject('/wrong-reply'), 500, 'internal'],
    ['no such address', () => http.inject('/nowhere?code=x'), 404, 'not-found'],
    ['no such method', () => http.inject({ method: 'PUT', url: '/form' }), 404, 'not-found'],
    ['broken JSON', () => form('{'), 400, 'bad-input'],
    ['no body', () => form(''), 400, 'bad-input'],
    ['another content type', () => form('x', { 'content-type': 'text/xml' }), 415, 'bad-input'],
    ['wrong fields', () => form('{"name":"李"}'), 400, 'bad-input'],
    ['a body that is too large', () => form(JSON.stringify({ name: 'x'.repeat(300_000) })), 413, 'too-large'],
  ])('%s', async (_what, send, _status, code) => {
    const reply = await send()
    const body = errorBodySchema.strict().parse(reply.json())
    expect(body.error.code).toBe(code)
    expect(reply.statusCode).toBe(CATALOGUE[code as 'internal'].status)
    expect(body.error.message).toBe(CATALOGUE[code as 'internal'].zh)
    expect(body.error.traceId).toMatch(/^ZY-/)
    expect(reply.headers['x-trace-id']).toBe(body.error.traceId)
    expect(reply.payload).not.toContain(SECRET)
    expect(reply.payload).not.toMatch(/stack|node_modules|\.ts/)
  })

  test('each wrong field is named, in Chinese; the schema’s own words are kept', async () => {
    const { error } = errorBodySchema.parse((await form('{"name":"李","age":"x"}')).json())
    expect(error.fields).toEqual([
      { field: 'name', message: '姓名至少两个字' },
      { field: 'age', message: '这一项没有填写或格式不对' },
    ])
  })

  test('what was typed is not sent back', async () => {
    const reply = await form(JSON.stringify({ name: SECRET.slice(0, 1), age: SECRET, [SECRET]: 1 }))
    expect(reply.payload).not.toContain(SECRET)
  })

  test('a sensitive value in a reply comes out hidden', async () => {
    const other = await buildHttp({ logLevel: 'fatal' })
    other.get('/', () => ({ idNumber: sensitive(SECRET) }))
    expect((await other.inject('/')).json()).toEqual({ idNumber: '[已隐藏]' })
    await other.close()
  })

  test('too many requests to the interface are refused in the same form; pages do not count', async () => {
    const strict = await buildHttp({ logLevel: 'fatal', maxRequestsPerMinute: 1 })
    for (const path of ['/api/v1/x', '/h5/x']) strict.get(path, () => 'ok')
    const statuses: number[] = []
    for (const path of ['/h5/x', '/h5/x', '/api/v1/x']) statuses.push((await strict.inject(path)).statusCode)
    expect(statuses).toEqual([200, 200, 200])
    const reply = await strict.inject('/api/v1/x')
    expect(reply.statusCode).toBe(429)
    expect(errorBodySchema.strict().parse(reply.json()).error.code).toBe('too-many-requests')
    await strict.close()
  })
})
