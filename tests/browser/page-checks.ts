import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SCREENS = join(import.meta.dirname, '../../test-output/screens')

/** Text below the least size, touch targets below 44 px, and sideways scrolling. */
export function tooSmall(page: Page, leastPx: number): Promise<string[]> {
  return page.evaluate((least) => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim() ?? ''
      if (text === '' || !element?.checkVisibility()) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      if (size < least) found.push(`${text}: ${size}px`)
    }
    for (const element of document.querySelectorAll('button, input, select, a')) {
      if (!element.checkVisibility()) continue
      const { width, height } = element.getBoundingClientRect()
      if (width < 44 || height < 44) found.push(`${element.outerHTML.slice(0, 80)}: ${width}x${height}`)
    }
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('scrolls sideways')
    return found
  }, leastPx)
}

export function axeProblems(page: Page): Promise<string[]> {
  // Through evaluate and not as a script tag: the page's CSP stays as it is.
  return page.evaluate(async (source) => {
    new Function(source).call(window)
    type Result = { violations: { id: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (root: Document) => Promise<Result> } }
    const { violations } = await axe.run(document)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, AXE)
}

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
    /wechatCode|healthCode|regInfoCode|authCode|name=|idNumber|phone=/,
  )
  const actions = await page
    .locator('main button:visible:not([aria-disabled=true]), footer button:visible:not([aria-disabled=true])')
    .allInnerTexts()
  expect(actions.length, `${name}: a page without an action is a dead end`).toBeGreaterThan(0)
  return { actions: actions.map((text) => text.trim()) }
}
