import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { Checks } from '../checks/checks.ts'
import { Database } from '../database/database.ts'
import type { Platform } from '../platform.ts'
import { buildHttp, type Http } from './build-http.ts'
import { registerHealthRoutes } from './health-routes.ts'

async function httpWith(database: Database, checks = new Checks()): Promise<Http> {
  const http = await buildHttp({ logLevel: 'fatal' })
  onTestFinished(() => http.close())
  // What these routes use of the platform.
  registerHealthRoutes(http, { database, checks } as unknown as Platform)
  return http
}

test('ready when the database answers and every room is', async () => {
  const { database } = await testDatabase()
  const http = await httpWith(database)
  expect((await http.inject('/healthz')).json()).toEqual({ alive: true })
  const reply = await http.inject('/readyz')
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toMatchObject({ ready: true, checks: [{ name: 'platform.database', ok: true }] })
})

test('not ready without its database: alive all the same, and no address or password is told', async () => {
  const gone = new Database({ url: 'postgres://someone:hunter2@127.0.0.1:1/none' })
  onTestFinished(() => gone.close())
  const http = await httpWith(gone)
  expect((await http.inject('/healthz')).statusCode).toBe(200)
  const reply = await http.inject('/readyz')
  expect(reply.statusCode).toBe(503)
  expect(reply.json()).toMatchObject({ ready: false, checks: [{ name: 'platform.database', ok: false }] })
  expect(reply.payload).not.toMatch(/hunter2|127\.0\.0\.1/)
})

test('one failed check of a room is enough; advice is not asked', async () => {
  const { database } = await testDatabase()
  const checks = new Checks()
  checks.register({
    name: 'x.wrong',
    zh: '甲',
    level: 'ready',
    run: async () => ({ ok: false, zh: '没有就绪' }),
  })
  checks.register({
    name: 'x.advice',
    zh: '乙',
    level: 'advice',
    run: async () => ({ ok: false, zh: '建议' }),
  })
  const reply = await (await httpWith(database, checks)).inject('/readyz')
  expect(reply.statusCode).toBe(503)
  expect(reply.json().checks).toEqual([
    { name: 'x.wrong', zh: '甲', ok: false, problem: '没有就绪' },
    { name: 'platform.database', zh: '数据库可以读写', ok: true },
  ])
})
