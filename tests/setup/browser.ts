import { randomBytes } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { TestStack } from './test-stack.ts'

export const SMALL_PHONE = { width: 360, height: 640 }

export interface Visitor {
  /** Who holds the phone, in the sandbox. */
  readonly person: string
  readonly context: BrowserContext
  readonly page: Page
}

export interface VisitorOptions {
  readonly person?: string
  readonly viewport?: { width: number; height: number }
}

/** A new phone with a WeChat user of its own. A request to any host but this machine fails the test. */
export async function newVisitor(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const { person = `b${randomBytes(6).toString('hex')}`, viewport = SMALL_PHONE } = options
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: true,
  })
  await context.addCookies([{ name: 'sandbox_wechat_person', value: person, domain: '127.0.0.1', path: '/' }])
  const foreign: string[] = []
  await context.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => {
      foreign.push(route.request().url())
      return route.abort()
    },
  )
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  onTestFinished(async () => {
    await context.close()
    if (foreign.length > 0) throw new Error(`the app called foreign hosts: ${foreign.join(', ')}`)
  })
  return { person, context, page }
}

/**
 * Opens an address as if typed. The app may be on its way somewhere at that very moment (back to a list, to the
 * platform): then the browser gives one of the two navigations up, and the address is typed once more.
 */
export async function visit(page: Page, url: string): Promise<void> {
  try {
    await page.goto(url, { waitUntil: 'commit' })
  } catch (error) {
    if (!(error as Error).message.includes('ERR_ABORTED')) throw error
    await page.goto(url, { waitUntil: 'commit' })
  }
}

export function home(stack: TestStack): string {
  return `${stack.server.origin}/h5/`
}
