import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installJobs, migrate, startEmbedded } from '@zhangyi/server'
import { chromium, type Page } from 'playwright-core'
import { builtPatient } from '../../../apps/patient/build/built-patient.ts'
import { findBrowser } from '../../../scripts/find-browser.mjs'
import { startStack } from '../../../tests/setup/test-stack.ts'
import { newAdult, VerifyingPhone } from '../../../tests/verification/verifying-phone.ts'

export interface CodeBench {
  /** `visible`: a fresh grant, the platform answers. `fallback`: the platform does not answer. */
  prepare(metric: 'visible' | 'fallback'): Promise<void>
  /** Milliseconds from typing the page's address to the code painted, in a new browser context without a cache. */
  showCode(slowedTimes: number): Promise<number>
  close(): Promise<void>
}

// As root Chromium needs --no-sandbox; the rest keeps it from calling its vendor.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
]

/** Everything that the gateway needs, on free ports and with a database of its own, and a browser before it. */
export async function openCodeBench(): Promise<CodeBench> {
  const { dist } = await builtPatient('h5')
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-bench-'))
  // As root PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(dataDir, 0o755)
  const database = await startEmbedded({ dataDir, durable: false })
  await migrate(database.ownerUrl)
  await installJobs(database.ownerUrl, decodeURIComponent(new URL(database.appUrl).username))
  const stack = await startStack({ appUrl: database.appUrl }, { h5Dir: dist })
  const browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS })
  const phone = await new VerifyingPhone(stack).signIn()
  const patientId = await phone.link(newAdult('330126'))
  const address = `${stack.server.origin}/h5/pages/card-code/show?patientId=${patientId}`

  return {
    prepare: async (metric) => {
      await stack.clearFaults()
      const granted = await phone.verify(patientId, 'card-code')
      if (granted.body.step !== 'granted') throw new Error(`not verified: ${granted.body.step}`)
      if (metric === 'fallback')
        await stack.orderFault('health-card', { kind: 'reset', operation: 'getDynamicQRCode', times: 10_000 })
    },
    showCode: async (slowedTimes) => {
      const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN' })
      try {
        const cookie = { name: 'sandbox_wechat_person', value: phone.person, domain: '127.0.0.1', path: '/' }
        await context.addCookies([cookie])
        const page = await context.newPage()
        // Signed in and with the app in the phone's cache, as whoever has opened it before.
        await page.goto(`${stack.server.origin}/h5/`)
        await page.getByText('报告查询').first().waitFor()
        const session = await context.newCDPSession(page)
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowedTimes })
        return await timeToCode(page, address)
      } finally {
        await context.close()
      }
    },
    close: async () => {
      await browser.close()
      await stack.stop()
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** From the navigation's start to the first frame in which the decoded picture stands on the page. */
async function timeToCode(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('.zy-code img').waitFor()
  return page.evaluate<number>(PAINTED)
}

// Runs in the page, whose own clock began with the navigation.
const PAINTED = `(async () => {
  await document.querySelector('.zy-code img').decode()
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  return performance.now()
})()`
