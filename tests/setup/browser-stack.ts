import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import { launchBrowser } from './launch-browser.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { type StackOptions, startStack, type TestStack } from './test-stack.ts'

/** For a file of browser tests: the built H5 on a stack of its own, and a browser. Each test begins without faults. */
export function useBrowserStack(options: Pick<StackOptions, 'hospital'> = {}): {
  readonly stack: TestStack
  readonly browser: Browser
  readonly database: TestDatabase
} {
  let database: TestDatabase
  let stack: TestStack
  let browser: Browser
  beforeAll(async () => {
    const { dist } = await builtPatient('h5')
    database = await createTestDatabase()
    stack = await startStack(database, { ...options, h5Dir: dist })
    browser = await launchBrowser()
  }, 240_000)
  beforeEach(() => stack.clearFaults())
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
    await database?.drop()
  })
  return {
    get stack() {
      return stack
    },
    get browser() {
      return browser
    },
    get database() {
      return database
    },
  }
}
