import type { Page } from 'playwright-core'

/** What must stand on the page: a fallback shown by mistake is not a fast code. */
export type Shown = '电子健康卡 · 动态码' | '就诊卡'

/**
 * Milliseconds from `begin` until the code with these words beside it is painted. Measured outside the page, whose own
 * clock starts anew with each document; the way to the browser and back, about 5 ms, counts as ours.
 */
export async function timeToCode(page: Page, shown: Shown, begin: () => Promise<unknown>): Promise<number> {
  const painted = new Promise<void>((resolve) => void page.exposeFunction('zhangyiCodePainted', resolve))
  await page.addInitScript({ content: watchFor(shown) })
  // Also in the document that is open already: the code may come into it.
  await page.evaluate(watchFor(shown))
  const startedMs = performance.now()
  const begun = begin()
  await Promise.race([painted, begun.then(() => waitAtMost(painted))])
  const tookMs = performance.now() - startedMs
  await begun
  return tookMs
}

const GIVE_UP_MS = 30_000

async function waitAtMost(painted: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the code did not appear')), GIVE_UP_MS)
  })
  await Promise.race([painted, late]).finally(() => clearTimeout(timer))
}

/**
 * Runs in the page, hence a text: looks once a frame, and tells after the frame with the decoded picture was put on the
 * screen. Of two callbacks in a row the first runs before the frame that holds the picture, the second after it.
 */
const watchFor = (shown: Shown) => `(() => {
  const look = async () => {
    const code = document.querySelector('.zy-code')
    const image = code?.querySelector('img')
    if (!image?.complete || image.naturalWidth === 0 || !code.textContent.includes(${JSON.stringify(shown)})) {
      requestAnimationFrame(look)
      return
    }
    await image.decode()
    requestAnimationFrame(() => requestAnimationFrame(() => zhangyiCodePainted()))
  }
  requestAnimationFrame(look)
})()`
