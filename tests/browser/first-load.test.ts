import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { home, newVisitor, visit } from '../setup/browser.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'

const on = useBrowserStack()

test('the first load is at most 150 KB gzip, fonts included, and the browser complains of nothing', async () => {
  const { page } = await newVisitor(on.browser)
  const sizes = new Map<string, Promise<number>>()
  const complaints: string[] = []
  page.on('response', (response) => {
    // Signing in goes away and comes back: what was loaded before comes from the browser's memory. A redirect has
    // no body.
    const url = response.url()
    if (response.status() < 300 && !sizes.has(url))
      sizes.set(
        url,
        response.body().then((body) => gzipSync(body).length),
      )
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on(
    'console',
    (message) =>
      message.type() === 'error' && !message.text().includes('401') && complaints.push(message.text()),
  )
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  const bytes = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
  expect(bytes).toBeLessThanOrEqual(150 * 1024)
  expect(complaints).toEqual([])
})

test('large letters by keyboard alone, and still there after a reload', async () => {
  const { page } = await newVisitor(on.browser)
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  await page.getByRole('button', { name: '切换大字版' }).focus()
  await page.keyboard.press('Enter')
  await page.reload()
  await page.getByRole('button', { name: '换回普通版' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: '切换大字版' }).waitFor()
  await expect.poll(() => page.title(), { timeout: 30_000 }).toBe('市第一人民医院')
})

test('an unknown address leads home', async () => {
  const { page } = await newVisitor(on.browser)
  await visit(page, `${home(on.stack)}pages/long/gone`)
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
})
