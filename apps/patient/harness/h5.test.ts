import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useH5 } from './open-h5.ts'
import { axeProblems, tooSmall } from './page-checks.ts'

const gallery = useH5('gallery')

type Visit = { readonly page: Page; readonly problems: string[] }

async function visit(
  url: string,
  [width, height]: readonly [number, number] = [360, 640],
  elder = false,
): Promise<Visit> {
  const page = await gallery.newPage(elder, { viewport: { width, height } })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith('data:'))
      problems.push(request.url())
  })
  await page.goto(url)
  await page.locator('main').waitFor()
  return { page, problems }
}

// The shared components on their own page. The app's pages are walked in tests/browser.
describe('H5 components in a browser', () => {
  const looks = [
    [360, 640, false],
    [360, 640, true],
    [390, 844, false],
    [390, 844, true],
  ] as const

  test.each(looks)(
    'components at %i x %i, elder %s: axe, sizes, no foreign host',
    async (width, height, elder) => {
      const { page, problems } = await visit(`${gallery.url}gallery/gallery`, [width, height], elder)
      expect(await page.locator('.zy-elder').count()).toBe(elder ? 1 : 0)
      expect(await tooSmall(page, elder ? 20 : 16)).toEqual([])
      expect(await axeProblems(page)).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    60_000,
  )

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
})
