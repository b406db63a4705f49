import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  BOOTSTRAP,
  databasePid,
  isAlive,
  launch,
  newPlace,
  type Running,
  untilReady,
} from '../setup/npm-start.ts'

async function signIn(running: Running): Promise<string> {
  const person = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"person":"lihua"}',
  }
  const code = await (
    await fetch(`${running.control}/platforms/weixin/actions/mini-program-code`, person)
  ).json()
  const session = await fetch(`${running.origin}/api/v1/sessions/mini-program`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(code),
  })
  return ((await session.json()) as { token: string }).token
}

/** Orders that WeChat Pay knows before anybody has paid anything. */
async function recharges({ control }: Running): Promise<number> {
  const actions = `${control}/platforms/wechat-pay/actions`
  return ((await (await fetch(`${actions}/orders`, { method: 'POST' })).json()) as object[]).length
}

function me(running: Running, token: string): Promise<Response> {
  return fetch(`${running.origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
}

test('one command brings everything up; kill -9 loses nothing; Ctrl-C stops everything', async () => {
  const place = await newPlace()
  const first = launch(place)
  await untilReady(first)
  for (const path of ['/readyz', '/healthz', '/openapi.json', '/docs', '/h5/', '/console/'])
    expect((await fetch(first.origin + path)).status, path).toBe(200)
  const platforms = await (await fetch(`${first.control}/platforms`)).json()
  expect(platforms).toMatchObject({
    'health-card': {
      baseUrl: expect.any(String),
      appId: expect.any(String),
      appSecret: expect.any(String),
      hospitalId: expect.any(String),
    },
  })
  expect(await recharges(first), 'what the example hospital can give back the way it came').toBeGreaterThan(0)
  const token = await signIn(first)
  const database = databasePid(place.dataDir)

  process.kill(-(first.child.pid as number), 'SIGKILL')
  await first.exited
  expect(database && isAlive(database), 'the database outlives its host').toBe(true)

  const second = launch(place)
  await untilReady(second)
  expect(second.output()).toContain('接管')
  expect((await me(second, token)).status, 'the session from before the kill').toBe(200)
  process.kill(-(second.child.pid as number), 'SIGINT')
  expect(await second.exited).toBe(0)
  expect(second.output()).toContain('已停止')
  expect(database && isAlive(database), 'the database stopped with us').toBe(false)
})

test('the bootstrap killed alone takes everything with it', async () => {
  const place = await newPlace()
  const running = launch(place)
  await untilReady(running)
  running.child.kill('SIGKILL')
  await expect
    .poll(() => isAlive(databasePid(place.dataDir) ?? 0) && databasePid(place.dataDir) !== undefined, {
      timeout: 30_000,
    })
    .toBe(false)
  await expect(fetch(`${running.origin}/healthz`)).rejects.toThrow()
})

test('a taken port is told with its number and the setting that moves it, and nothing is left behind', async () => {
  const place = await newPlace()
  const taken = createServer().listen(place.port + 9, '127.0.0.1')
  onTestFinished(() => void taken.close())
  const running = launch(place)
  expect(await running.exited).toBe(1)
  expect(running.output()).toContain(`端口 ${place.port + 9}`)
  expect(running.output()).toContain('ZHANGYI_PORT')
  expect(existsSync(join(place.dataDir, 'postgres'))).toBe(false)
})

test('a misspelt setting is refused by name', async () => {
  const place = await newPlace()
  const child = spawn(process.execPath, [BOOTSTRAP, 'start'], {
    env: { PATH: process.env.PATH, ZHANGYI_PROT: '1' },
  })
  onTestFinished(() => void child.kill())
  let output = ''
  child.stderr.on('data', (chunk) => (output += chunk))
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1)
  expect(output).toContain('ZHANGYI_PROT')
  expect(place.port).toBeGreaterThan(0)
})
