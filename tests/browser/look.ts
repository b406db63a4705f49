import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeProblems, tooSmall } from '../../apps/patient/harness/page-checks.ts'

const SCREENS = join(import.meta.dirname, '../../test-output/screens')

export interface Look {
  /** Texts of the buttons that do something when pressed. */
  readonly actions: readonly string[]
}

/**
 * What every page state must be: readable, accessible, with at most one primary action and at least one action that
 * works; no personal data and no code in its address. Leaves a screenshot in `test-output/screens`.
 */
export async function look(page: Page, name: string): Promise<Look> {
  // A skeleton has no button yet: the state is there when something can be done.
  await page.locator('main button:visible, footer button:visible').first().waitFor()
  mkdirSync(SCREENS, { recursive: true })
  await page.screenshot({ path: join(SCREENS, `${name}.png`) })
  const elder = (await page.locator('.zy-elder').count()) > 0
  expect(await tooSmall(page, elder ? 20 : 16), `${name}: sizes`).toEqual([])
  expect(await axeProblems(page), `${name}: axe`).toEqual([])
  expect(
    await page.locator('.zy-tap--primary:visible').count(),
    `${name}: primary actions`,
  ).toBeLessThanOrEqual(1)
  expect(page.url(), `${name}: address`).not.toMatch(
    /wechatCode|healthCode|regInfoCode|authCode|registerOrderId|verifyOrderId|name=|idNumber|phone=/,
  )
  const actions = await page
    .locator('main button:visible:not([aria-disabled=true]), footer button:visible:not([aria-disabled=true])')
    .allInnerTexts()
  expect(actions.length, `${name}: a page without an action is a dead end`).toBeGreaterThan(0)
  return { actions: actions.map((text) => text.trim()) }
}
