import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { isLongRun } from '../../../../tests/setup/further-test.ts'
import { axeProblems } from '../../../patient/harness/page-checks.ts'
import type { World } from '../fake/world.ts'
import { useConsole } from '../open-console.ts'

const SCREENS = join(import.meta.dirname, '../../../../test-output/console')
const DESK = [1366, 768, 'light'] as const
const PHONE = [390, 844, 'dark'] as const
/** Drawing eight million points without a graphics card takes seconds: the whole set, with pictures, is for the long run. */
const ALL = [
  ...[DESK, PHONE],
  ...[[1366, 768, 'dark'] as const, [390, 844, 'light'] as const],
  ...[[3840, 2160, 'light'] as const, [3840, 2160, 'dark'] as const],
]

export interface Place {
  readonly name: string
  readonly path: string
  readonly world?: Partial<World>
  /** Shown when the page has what it needs. */
  readonly text: string
  readonly act?: (page: Page) => Promise<unknown>
}

/** In the short run each page once, every other one by day on a desk, and the rest by night on a phone. */
export function lookAt(places: readonly Place[]): void {
  const open = useConsole()
  const shown = isLongRun ? places : places.filter(isFirstOfPage)
  test.each(shown.map((place, index) => ({ ...place, looks: isLongRun ? ALL : [index % 2 ? PHONE : DESK] })))(
    '$name is readable on every screen, by day and by night',
    async ({ name, path, world, text, act, looks }) => {
      const { page, problems } = await open(path, { ...(world && { world }) })
      await act?.(page)
      await page.getByText(text).first().waitFor()
      mkdirSync(SCREENS, { recursive: true })
      for (const [width, height, colorScheme] of looks) {
        await page.setViewportSize({ width, height })
        await page.emulateMedia({ colorScheme })
        // Day becomes night with the next picture, and what fades in would be measured half transparent.
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
        await page.waitForFunction(() =>
          document.getAnimations().every(({ playState }) => playState !== 'running'),
        )
        const look = `${name}-${width}-${colorScheme}`
        if (isLongRun) await page.screenshot({ path: join(SCREENS, `${look}.png`) })
        expect(await layoutProblems(page), look).toEqual([])
        expect(await axeProblems(page), look).toEqual([])
      }
      expect(problems).toEqual([])
    },
  )
}

/** And not one of its drawers, dialogs and tabs. */
function isFirstOfPage(place: Place, index: number, places: readonly Place[]): boolean {
  const pageOf = ({ path }: Place) => path.split('?')[0]
  return places.findIndex((one) => pageOf(one) === pageOf(place)) === index
}

/** Sideways scrolling of the page, and letters below 11 px. */
function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const place of document.querySelectorAll('html, main'))
      if (place.scrollWidth > place.clientWidth) found.push(`${place.tagName} scrolls sideways`)
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim() ?? ''
      if (text === '' || !element?.checkVisibility()) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      if (size < 11) found.push(`${text}: ${size}px`)
    }
    return found
  })
}
