import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from '../../../tests/setup/launch-browser.ts'
import { builtPatient } from '../build/built-patient.ts'
import { serveH5 } from './serve-h5.ts'

/** A browser with one of the built H5s for all tests of a file. */
export function useH5(built: 'app' | 'gallery' = 'app') {
  let browser: Browser
  let h5: Awaited<ReturnType<typeof serveH5>>
  beforeAll(async () => {
    const { dist } = built === 'app' ? await builtPatient('h5') : await builtPatient('h5', 'gallery')
    h5 = await serveH5(dist)
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await h5?.close()
  })
  return {
    get url(): string {
      return h5.url
    },
    /** A phone that has opened nothing yet, in normal or in large letters. */
    newPage: async (elder: boolean, options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: 360, height: 640 },
        hasTouch: true,
        isMobile: true,
        ...options,
      })
      const stored = JSON.stringify({ value: elder, expiresAtMs: null })
      await context.addInitScript((value) => localStorage.setItem('zhangyi.elder', value), stored)
      return context.newPage()
    },
  }
}
