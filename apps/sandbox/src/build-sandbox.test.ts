import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, onTestFinished, test } from 'vitest'
import { buildSandbox, startSandbox } from './build-sandbox.ts'
import { freePortBase } from './kit/free-port-base.ts'

test('cards in the data folder outlive a restart of the whole sandbox', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-sandbox-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const runOnce = async (action: string, input: object): Promise<unknown> => {
    const sandbox = await startSandbox({ port: await freePortBase(), dataDir })
    const reply = await fetch(`${sandbox.controlOrigin}/platforms/health-card/actions/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    await sandbox.stop()
    return reply.json()
  }
  const card = await runOnce('seed-card', { person: 'p-1', name: '周小满', idNumber: '330102201206010032' })
  expect(card).toMatchObject({ gender: '男', birthday: '2012-06-01', nation: '汉族', relation: '本人' })
  expect(await runOnce('cards', { person: 'p-1' })).toEqual([card])
})

test('a moved clock outlives a restart, as does what happened at the moved time', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-sandbox-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const options = { port: await freePortBase(), dataDir }
  const first = buildSandbox(options)
  first.clock.advance(DAY_MS)
  expect(buildSandbox(options).clock.offsetMs).toBe(DAY_MS)
  buildSandbox(options).clock.set(Date.now())
  expect(Math.abs(buildSandbox(options).clock.offsetMs)).toBeLessThan(MINUTE_MS)
})

test('a port that is taken leaves nothing listening', async () => {
  const port = await freePortBase()
  const first = await startSandbox({ port: port + 1 })
  onTestFinished(() => first.stop())
  await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE')
  await expect(fetch(`http://127.0.0.1:${port}/platforms`)).rejects.toThrow()
})
