import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtPatient } from './built-patient.ts'
import { serveH5 } from './serve-h5.ts'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Visit = { readonly page: Page; readonly problems: string[]; readonly bytes: () => Promise<number> }
let browser: Browser
let home: Awaited<ReturnType<typeof serveH5>>
let gallery: Awaited<ReturnType<typeof serveH5>>

async function visit(
  url: string,
  [width, height]: readonly [number, number] = [360, 640],
  elder = false,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: true, isMobile: true })
  if (elder) {
    const stored = JSON.stringify({ value: true, expiresAtMs: null })
    await context.addInitScript((value) => localStorage.setItem('zhangyi.elder', value), stored)
  }
  const page = await context.newPage()
  const problems: string[] = []
  const sizes: Promise<number>[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith('data:'))
      problems.push(request.url())
  })
  page.on('response', (response) => sizes.push(response.body().then((body) => gzipSync(body).length)))
  await page.goto(url)
  await page.locator('main').waitFor()
  const bytes = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  return { page, problems, bytes }
}

/** Text below the least size, touch targets below 44 px, and sideways scrolling. */
function tooSmall(page: Page, leastPx: number): Promise<string[]> {
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
      const { width, height } = element.getBoundingClientRect()
      if (width < 44 || height < 44) found.push(`${element.outerHTML.slice(0, 80)}: ${width}x${height}`)
    }
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('scrolls sideways')
    return found
  }, leastPx)
}

async function axeProblems(page: Page): Promise<string[]> {
  // Through evaluate and not as a script tag: the page's CSP stays as it is.
  return page.evaluate(async (source) => {
    new Function(source).call(window)
    type Result = { violations: { id: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (root: Document) => Promise<Result> } }
    const { violations } = await axe.run(document)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, axeSource)
}

describe.skipIf(!existsSync(executablePath))('H5 in a browser', () => {
  beforeAll(async () => {
    home = await serveH5((await builtPatient('h5')).dist)
    gallery = await serveH5((await builtPatient('h5', 'gallery')).dist)
    browser = await chromium.launch({ executablePath, args: FLAGS.split(' ') })
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await home?.close()
    await gallery?.close()
  })

  const looks = [
    [360, 640, false],
    [360, 640, true],
    [390, 844, false],
    [390, 844, true],
  ] as const

  test.each(looks)(
    'home and components at %i x %i, elder %s: axe, sizes, no foreign host',
    async (width, height, elder) => {
      for (const url of [home.url, `${gallery.url}gallery/gallery`]) {
        const { page, problems } = await visit(url, [width, height], elder)
        expect(await page.locator('.zy-elder').count()).toBe(elder ? 1 : 0)
        expect(await tooSmall(page, elder ? 20 : 16)).toEqual([])
        expect(await axeProblems(page)).toEqual([])
        expect(problems).toEqual([])
        await page.context().close()
      }
    },
    60_000,
  )

  test('first load in the browser is at most 150 KB gzip', async () => {
    const { page, bytes } = await visit(home.url)
    await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
    expect(await bytes()).toBeLessThanOrEqual(150 * 1024)
  })

  test('large letters by keyboard alone, and still there after a reload', async () => {
    const { page } = await visit(home.url)
    await page.getByRole('button', { name: '切换大字版' }).focus()
    await page.keyboard.press('Enter')
    await page.reload()
    await page.getByRole('button', { name: '换回普通版' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: '切换大字版' }).waitFor()
    expect(await page.title()).toBe('市第一人民医院')
  })

  test('a field keeps its text and its error is tied to it', async () => {
    const { page } = await visit(`${gallery.url}gallery/gallery`)
    await page.getByLabel('姓名').fill('李华')
    await page.getByLabel('需补充 · 民族').selectOption('蒙古族')
    await page.getByRole('button', { name: '提交建档' }).click()
    const address = page.getByLabel('需补充 · 现住址')
    expect(await address.getAttribute('aria-invalid')).toBe('true')
    const ids = (await address.getAttribute('aria-describedby'))?.split(' ') ?? []
    expect(await page.locator(`#${ids.at(-1)}`).textContent()).toBe('! 请填写现住址')
    expect(await page.getByLabel('姓名').inputValue()).toBe('李华')
    expect(await page.getByLabel('需补充 · 民族').inputValue()).toBe('02')
    await page.getByText('已填： 李华 02').waitFor()
  })

  test('a new page takes the focus to its title and has a way back', async () => {
    const { page } = await visit(`${gallery.url}gallery/gallery`)
    await page.getByRole('button', { name: '打开不在名单上的网页' }).click()
    await page.getByText('这个网页不能打开').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('身份验证')
    await page.getByRole('button', { name: '返回', exact: true }).click()
    await page.getByText('组件', { exact: true }).waitFor()
  })

  test('an unknown address leads home', async () => {
    const { page } = await visit(`${home.url}pages/long/gone`)
    await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  })
})
