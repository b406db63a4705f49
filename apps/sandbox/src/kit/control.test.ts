import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../build-sandbox.ts'
import { HEALTH_CARD_APP } from '../health-card/credentials.ts'
import { freePortBase } from './free-port-base.ts'

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: await freePortBase() })
})
afterAll(() => sandbox.stop())

const ask = (path: string, init: RequestInit & { readonly json?: unknown } = {}) =>
  fetch(`${sandbox.controlOrigin}${path}`, {
    ...init,
    ...(init.json !== undefined && {
      method: 'POST',
      body: JSON.stringify(init.json),
      headers: { 'content-type': 'application/json', ...init.headers },
    }),
  })

test('PLATFORMS answers where each simulator is and how a client is configured', async () => {
  const platforms = (await (await ask('/platforms')).json()) as Record<string, { baseUrl: string }>
  expect(platforms['health-card']).toEqual({ baseUrl: sandbox.origins['health-card'], ...HEALTH_CARD_APP })
  for (const { baseUrl } of Object.values(platforms)) expect((await fetch(baseUrl)).status).toBe(200)
})

test('a foreign Host or Origin is refused', async () => {
  const { control } = sandbox
  const hosts = { 'evil.example': 403, 'localhost:9100': 200, '127.0.0.1:9100': 200 }
  for (const [host, status] of Object.entries(hosts))
    expect((await control.inject({ url: '/platforms', headers: { host } })).statusCode, host).toBe(status)
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example']) {
    const headers = { host: '127.0.0.1', origin }
    const reply = await control.inject({ method: 'POST', url: '/clock', headers, payload: { advanceMs: 1 } })
    expect(reply.statusCode, origin).toBe(403)
  }
})

test('faults are checked, listed and cleared', async () => {
  const path = '/platforms/health-card/faults'
  for (const kind of ['no-such-fault', 'constructor'])
    expect((await ask(path, { json: { kind } })).status, kind).toBe(400)
  expect((await ask(path, { json: { kind: 'wrong-token', times: 0 } })).status).toBe(400)
  expect((await ask('/platforms/none/faults', { json: { kind: 'delay' } })).status).toBe(404)
  const fault = { kind: 'card-management-outage', operation: 'registerHealthCardPreFill', times: 2 }
  expect((await ask(path, { json: fault })).status).toBe(201)
  expect(await (await ask(path)).json()).toEqual([fault])
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect(await (await ask(path)).json()).toEqual([])
})

test('actions answer, refuse bad input, and are unknown', async () => {
  const action = (name: string, json: unknown) => ask(`/platforms/health-card/actions/${name}`, { json })
  expect(await (await action('wechat-code', { person: 'lihua' })).json()).toEqual({
    wechatCode: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  expect((await action('wechat-code', {})).status).toBe(400)
  expect((await action('none', {})).status).toBe(404)
  expect(await (await action('cards', { person: 'wangfang' })).json()).toEqual([])
})

test('the control page names the simulators', async () => {
  const page = await (await ask('/')).text()
  expect(page).toContain('电子健康卡开放平台（health-card）')
})
