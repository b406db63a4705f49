import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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

/** What axe-core finds on the page, each with the elements. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Through evaluate and not as a script tag: the page's CSP stays as it is.
  return page.evaluate(async (source) => {
    new Function(source).call(window)
    type Result = { violations: { id: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (root: Document) => Promise<Result> } }
    const { violations } = await axe.run(document)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, axeSource)
}
