import { KNOWN } from '@zhangyi/his'
import type { Card } from '@zhangyi/sandbox'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { SMALL_PHONE } from '../setup/browser.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { type CodeInPicture, readCode } from './code-in-picture.ts'
import { linkVisitCard, type On, openHome, patientVisitor, press, typed } from './patient-visitor.ts'

// What a scanner at a window sees: the code is read from the pixels of a 360 × 640 screen and must say what the card
// platform issued, or the number of the visit card.

const onQr = useBrowserStack()
const onBars = useBrowserStack({
  hospital: () => ({ cardCode: { visitCardSymbol: 'code128', timeoutMs: 10_000 } }),
})

const LEAST_PX = 200
const QUIET_MODULES = 4
const REFRESH_MS = 60_000
const LETTERS = ['normal', 'elder'] as const
type Letters = (typeof LETTERS)[number]

const image = (page: Page) => page.locator('.zy-code img')
const kindOf = (page: Page, words: string) => page.getByText(words).first().waitFor()

async function openCode(on: On, page: Page, patientId: string, letters: Letters = 'normal') {
  await openHome(on, page)
  if (letters === 'elder') await press(page, '切换大字版')
  await typed(on, page, `pages/card-code/show?patientId=${patientId}`)
  await image(page).waitFor()
}

/** 李明华 with a grant that opens his health card's code, and that card as the platform holds it. */
async function withGrant(on: On) {
  const { page, phone, patientIds } = await patientVisitor(on, { person: KNOWN.liMinghua })
  const [patientId = ''] = patientIds
  await phone.verify(patientId, 'card-code')
  const [card] = await on.stack.action<Card[]>('health-card', 'cards', { person: phone.person })
  if (!card) throw new Error('no card')
  return { page, patientId, card, dynamic: new RegExp(`^${card.healthCardId}:0:[0-9a-f]{32}$`) }
}

function expectScannable({ width, height, quietModules }: CodeInPicture, symbol: 'qr' | 'code128'): void {
  expect(width).toBeGreaterThanOrEqual(LEAST_PX)
  if (symbol === 'qr') expect(height).toBeGreaterThanOrEqual(LEAST_PX)
  expect(quietModules).toBeGreaterThanOrEqual(QUIET_MODULES)
}

/** The whole code with name and number is on the first screen, and the foot of the page does not lie upon it. */
async function expectAboveTheFold(page: Page): Promise<void> {
  // Pressing a button below the code scrolled to it.
  await page.evaluate(() => scrollTo(0, 0))
  const code = await page.locator('.zy-code').boundingBox()
  const feet = page.locator('footer:visible')
  const foot = (await feet.count()) > 0 ? await feet.boundingBox() : null
  expect(code?.y).toBeGreaterThanOrEqual(0)
  expect((code?.y ?? SMALL_PHONE.height) + (code?.height ?? 0)).toBeLessThanOrEqual(
    foot?.y ?? SMALL_PHONE.height,
  )
}

test.each(LETTERS)(
  'health card, %s letters: dynamic and static are read from the screen',
  async (letters) => {
    const { page, patientId, card, dynamic } = await withGrant(onQr)
    await openCode(onQr, page, patientId, letters)
    await kindOf(page, '电子健康卡 · 动态码')
    const shown = await readCode(image(page), 'qr')
    expect(shown.text).toMatch(dynamic)
    expectScannable(shown, 'qr')
    await expectAboveTheFold(page)

    await press(page, '静态码')
    await kindOf(page, '电子健康卡 · 静态码')
    const kept = await readCode(image(page), 'qr')
    expect(kept.text).toBe(card.qrCodeText)
    expectScannable(kept, 'qr')
    await expectAboveTheFold(page)
  },
)

test.each(
  LETTERS.flatMap((letters) => (['qr', 'code128'] as const).map((symbol) => [symbol, letters] as const)),
)('visit card as %s, %s letters: its number is read from the screen', async (symbol, letters) => {
  const on = symbol === 'qr' ? onQr : onBars
  const { page, phone } = await patientVisitor(on)
  const patientId = await linkVisitCard(phone, KNOWN.johnSmith)
  await openCode(on, page, patientId, letters)
  const shown = await readCode(image(page), symbol)
  const [archive] = on.stack.his.archivesOf(KNOWN.johnSmith)
  expect(shown.text).toBe(archive?.visitCardNumber)
  expectScannable(shown, symbol)
  await expectAboveTheFold(page)
})

test('after a minute, and on return to the page, the screen says another code', async () => {
  const { page, patientId, dynamic } = await withGrant(onQr)
  const beforeMs = onQr.stack.sandbox.clock.nowMs()
  await page.clock.install({ time: beforeMs })
  await openCode(onQr, page, patientId)
  await kindOf(page, '电子健康卡 · 动态码')
  const seen: string[] = []
  const readAnother = async () => {
    await expect
      .poll(async () => seen.includes((await readCode(image(page), 'qr')).text), { timeout: 30_000 })
      .toBe(false)
    const { text } = await readCode(image(page), 'qr')
    expect(text).toMatch(dynamic)
    seen.push(text)
  }
  await readAnother()
  // The page's clock went on while it was opened and read: the code is from some moment in between.
  const afterMs = await page.evaluate(() => Date.now())
  await page.clock.pauseAt(beforeMs + REFRESH_MS - 1_000)
  expect((await readCode(image(page), 'qr')).text, 'not before').toBe(seen[0])
  await page.clock.runFor(afterMs - beforeMs + 2_000)
  await page.clock.resume()
  await readAnother()
  await page.evaluate(() => {
    for (const value of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })
  await readAnother()
  expect(new Set(seen).size).toBe(3)
})
