import type { Browser, BrowserContext, Page } from 'playwright-core'
import { VerifyingPhone } from '../../../tests/verification/verifying-phone.ts'
import type { Installation } from './open-installation.ts'

const PERSON = { name: '李明华', idNumber: '330102199001012210' }
/** What is pressed on the platform's pages to be verified. */
export const PASS = ['远程授权认证', '模拟：验证通过'] as const
const WAIT_MS = 30_000

/** Somebody who has one patient with a health card, not verified yet. */
export interface PhoneWithCard {
  readonly home: string
  readonly codePage: string
  /** Verifies anew, past the pages, so that no round comes after the grant's end. */
  verify(): Promise<void>
  /** A browser that is signed in and has nothing else: no page, no script is in its memory. */
  newPage(cpuSlowdown: number): Promise<Page>
}

export async function phoneWithCard({ stack, browser }: Installation): Promise<PhoneWithCard> {
  const phone = await new VerifyingPhone(stack).signIn()
  const patientId = await phone.link(PERSON)
  const { origin } = stack.server
  const home = `${origin}/h5/`
  const storageState = await signIn(browser, phone.person, home)
  return {
    home,
    codePage: `${home}pages/card-code/show?patientId=${patientId}`,
    verify: async () => {
      const { body } = await phone.verify(patientId, 'card-code', ...PASS)
      if (body.step !== 'granted') throw new Error(`not verified: ${body.step}`)
    },
    newPage: async (cpuSlowdown) => {
      const context = await newContext(browser, storageState)
      const page = await context.newPage()
      page.setDefaultTimeout(WAIT_MS)
      const devtools = await context.newCDPSession(page)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
      return page
    },
  }
}

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>

function newContext(browser: Browser, storageState?: StorageState): Promise<BrowserContext> {
  return browser.newContext({
    ...{
      viewport: { width: 360, height: 640 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      hasTouch: true,
    },
    ...(storageState && { storageState }),
  })
}

async function signIn(browser: Browser, person: string, home: string): Promise<StorageState> {
  const context = await newContext(browser)
  await context.addCookies([{ name: 'sandbox_wechat_person', value: person, domain: '127.0.0.1', path: '/' }])
  const page = await context.newPage()
  await page.goto(home)
  await page.getByText('李*华').first().waitFor({ timeout: WAIT_MS })
  const state = await context.storageState()
  await context.close()
  return state
}
