import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { launchBrowser } from '../../../tests/setup/launch-browser.ts'
import { builtConsole } from '../build/built-console.ts'
import { newWorld, type World } from './fake/world.ts'
import { serveConsole } from './serve-console.ts'

export interface Opened {
  readonly page: Page
  readonly world: World
  readonly url: string
  /** Errors of the page and requests to elsewhere; a test expects none. */
  readonly problems: string[]
}

export interface OpenOptions extends BrowserContextOptions {
  readonly world?: Partial<World>
}

/** A browser for all tests of a file; each test opens the built console on a fake server of its own. */
export function useConsole() {
  let browser: Browser
  let dist: string
  beforeAll(async () => {
    dist = (await builtConsole()).dist
    browser = await launchBrowser()
  }, 180_000)
  afterAll(() => browser?.close())

  return async function open(
    path: string,
    { world: changes = {}, ...options }: OpenOptions = {},
  ): Promise<Opened> {
    const world = newWorld(changes)
    const { url, close } = await serveConsole(dist, world)
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...options,
    })
    onTestFinished(async () => {
      await context.close()
      await close()
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      // The browser writes every refused request there; which were refused is the fake server's own doing.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        problems.push(message.text())
    })
    page.on('request', (request) => {
      const address = request.url()
      // `chrome:` is the browser's own viewer of a PDF.
      const isOwn =
        address.startsWith(new URL(url).origin) || /^(?:data|blob|chrome|chrome-extension):/.test(address)
      if (!isOwn) problems.push(address)
    })
    await page.goto(url + path)
    await page.locator('h1').first().waitFor()
    return { page, world, url, problems }
  }
}
