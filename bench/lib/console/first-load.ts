import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import { builtConsole } from '../../../apps/console/build/built-console.ts'
import { newWorld } from '../../../apps/console/harness/fake/world.ts'
import { serveConsole } from '../../../apps/console/harness/serve-console.ts'
import { printLine, progress } from '../paired-rounds.ts'

const KB = 1_024
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
/** What is loaded by a browser that has nothing yet. */
const PAGES = [
  { name: 'sign-in', path: 'sign-in', stage: 'out', goalKb: 300 },
  { name: 'home', path: '', stage: 'ready', goalKb: 800 },
  { name: 'calls', path: 'calls?open=1005', stage: 'ready', goalKb: 800 },
  { name: 'audit', path: 'audit?open=48208', stage: 'ready', goalKb: 800 },
  { name: 'accounts', path: 'accounts', stage: 'ready', goalKb: 800 },
  { name: 'settings', path: 'settings', stage: 'ready', goalKb: 800 },
] as const

/** The built console on fake answers: how many bytes of it, compressed, each page brings. */
export async function measureFirstLoads(): Promise<void> {
  // It has no types, being run before anything is installed.
  const script = new URL('../../../scripts/find-browser.mjs', import.meta.url).href
  const { findBrowser } = (await import(script)) as { findBrowser(): string }
  const { dist } = await builtConsole(() => progress('正在构建控制台……'))
  const browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS })
  try {
    for (const page of PAGES) await measure(browser, dist, page)
  } finally {
    await browser.close()
  }
}

async function measure(
  browser: Browser,
  dist: string,
  { name, path, stage, goalKb }: (typeof PAGES)[number],
): Promise<void> {
  const { url, close } = await serveConsole(dist, newWorld({ stage }))
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url + path)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name))
    const own = loaded
      .map((address) => new URL(address).pathname)
      .filter((one) => one.startsWith('/console/'))
    const files = new Set(['index.html', ...own.map((one) => one.slice('/console/'.length))])
    const sizes = [...files].map((file) => gzipSync(readFileSync(join(dist, file))).length)
    const kb = sizes.reduce((sum, size) => sum + size, 0) / KB
    printLine(
      JSON.stringify({
        ...{ bench: 'console', metric: `first-load-${name}`, value: Number(kb.toFixed(1)), unit: 'KB gzip' },
        ...{ peer: 'goal', peerValue: goalKb, ratio: Number((goalKb / kb).toFixed(3)), goal: goalKb },
        met: kb <= goalKb,
      }),
    )
  } finally {
    await context.close()
    await close()
  }
}
