import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildIfStale } from './build-if-stale.ts'

function app() {
  const root = mkdtempSync(join(tmpdir(), 'zhangyi-built-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  writeFileSync(join(root, 'source'), '')
  const proof = join(root, 'dist')
  let builds = 0
  const build = () =>
    buildIfStale({
      ...{ root, sources: ['source'], proof, lock: join(root, 'lock') },
      run: async () => {
        builds += 1
        await new Promise((resolve) => setImmediate(resolve))
        writeFileSync(proof, '')
      },
    })
  return { root, build, builds: () => builds }
}

test('of several who want it one builds, and the others find it built', async () => {
  const { build, builds } = app()
  await Promise.all([build(), build(), build()])
  expect(builds()).toBe(1)
})

test('one that was killed while it built is not waited for', async () => {
  const { root, build, builds } = app()
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(join(root, 'lock'), String(pid))
  await build()
  expect(builds()).toBe(1)
})

test('bug: a builder that takes long on a busy machine was taken for dead', async () => {
  const { root, build, builds } = app()
  const lock = join(root, 'lock')
  writeFileSync(lock, String(process.pid))
  const longAgo = new Date(Date.now() - 3_600_000)
  utimesSync(lock, longAgo, longAgo)
  const waiting = build()
  await new Promise((resolve) => setImmediate(resolve))
  expect(builds()).toBe(0)
  rmSync(lock)
  await waiting
  expect(builds()).toBe(1)
})
