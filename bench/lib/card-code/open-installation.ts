import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installJobs, migrate, startEmbedded } from '@zhangyi/server'
import { type Browser, chromium } from 'playwright-core'
import { builtPatient } from '../../../apps/patient/build/built-patient.ts'
import { startStack, type TestStack } from '../../../tests/setup/test-stack.ts'
import { progress } from '../paired-rounds.ts'

export interface Installation {
  readonly stack: TestStack
  readonly browser: Browser
  close(): Promise<void>
}

// As root Chromium needs --no-sandbox; the rest keeps it from calling its vendor in the middle of a round.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']

/** What `npm start` runs, with a database of its own, the built H5 and a browser; everything is gone after `close`. */
export async function openInstallation(): Promise<Installation> {
  const executablePath = await browserPath()
  const { dist } = await builtPatient('h5', 'build', () => progress('正在构建患者端，约 1 分钟……'))
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-bench-'))
  // As root PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(dataDir, 0o755)
  const closers: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })]
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    progress('正在启动数据库、沙箱、网关和浏览器……')
    const database = await startEmbedded({ dataDir, durable: false })
    closers.push(() => database.stop())
    await migrate(database.ownerUrl)
    await installJobs(database.ownerUrl, 'zhangyi_app')
    const stack = await startStack(database, { h5Dir: dist, hospital: () => ({ cardCode: {} }) })
    closers.push(() => stack.stop())
    const browser = await chromium.launch({ executablePath, args: FLAGS })
    closers.push(() => browser.close())
    return { stack, browser, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The same browser as that of the tests; it may be installed by this. */
async function browserPath(): Promise<string> {
  const script = new URL('../../../scripts/find-browser.mjs', import.meta.url).href
  const { findBrowser } = (await import(script)) as { findBrowser(): string }
  return findBrowser()
}
