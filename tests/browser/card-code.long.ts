import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { newAdult } from '../verification/verifying-phone.ts'
import { look } from './look.ts'
import {
  FACE,
  linkVisitCard,
  openHome,
  type PatientVisitor,
  patientVisitor,
  platformCalls,
  press,
  REMOTE,
  typed,
  verifyBy,
} from './patient-visitor.ts'

// Chapter （四） 1 and 2: the card's code, with and without a verification. That a scanner reads it is measured apart.

const on = useBrowserStack()
const REFRESH_MS = 60_000

const image = (page: Page) => page.locator('.zy-code img')
const shown = (page: Page) => page.getByText('电子健康卡 · 动态码').waitFor()
const instead = (page: Page) => page.getByText('先用就诊卡，看病不受影响').waitFor()

/** From the list of cards to the verify interface, which is asked each time. */
async function showCode({ page }: PatientVisitor): Promise<void> {
  await openHome(on, page)
  await press(page, '就诊人')
  await page.locator('.zy-tap--row').filter({ hasText: '周*国' }).first().click()
  await press(page, '出示二维码')
}

/** Another app comes before the browser, or goes: headless Chromium always believes that it is seen. */
function lookAway(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function onPlatform(page: Page): Promise<void> {
  await page.getByText('请选择一种验证方式').waitFor()
}

test('1: card list → code: the verify interface is asked, the platform verifies, the health card’s code is shown', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330123') })
  const { page } = visitor
  const before = platformCalls(on, 'registerUniformVerifyOrder')
  await showCode(visitor)
  await onPlatform(page)
  expect(platformCalls(on, 'registerUniformVerifyOrder')).toBe(before + 1)
  await verifyBy(page, ...FACE)
  await shown(page)
  await look(page, '75-card-code')
  expect(await image(page).evaluate((one) => one.getBoundingClientRect().width)).toBeGreaterThanOrEqual(200)
  const dynamic = await image(page).getAttribute('src')
  await page.getByRole('button', { name: '静态码' }).click()
  await page.getByText('电子健康卡 · 静态码').waitFor()
  expect(await image(page).getAttribute('src')).not.toBe(dynamic)
  await look(page, '76-card-code-static')
})

test('1: the dynamic code is a new one after a minute and on return; offline the old one is called old', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330123') })
  const { page, phone, patientIds, context } = visitor
  await phone.verify(patientIds[0] ?? '', 'card-code')
  await openHome(on, page)
  await page.clock.install({ time: on.stack.sandbox.clock.nowMs() })
  await typed(on, page, `pages/card-code/show?patientId=${patientIds[0]}`)
  await shown(page)
  const first = await image(page).getAttribute('src')
  await page.clock.runFor(REFRESH_MS + 1_000)
  await expect.poll(() => image(page).getAttribute('src')).not.toBe(first)
  const second = await image(page).getAttribute('src')
  await lookAway(page, 'hidden')
  await lookAway(page, 'visible')
  await expect.poll(() => image(page).getAttribute('src'), { message: 'on return' }).not.toBe(second)
  await context.setOffline(true)
  await page.clock.runFor(REFRESH_MS + 1_000)
  await page.getByText('网络不好，这个码可能已过期').waitFor()
  expect(await image(page).count(), 'it stands all the same').toBe(1)
  await look(page, '77-card-code-stale')
  await context.setOffline(false)
  await press(page, '刷新这个码')
  await page.getByText('网络不好').waitFor({ state: 'detached' })
})

test.each([
  ['given up', ['放弃验证']],
  ['failed', ['人脸识别', '模拟：不是本人']],
])('2: %s: the visit card’s own code, not blocked, and verifying again works', async (_, presses) => {
  const visitor = await patientVisitor(on, { person: newAdult('330123') })
  const { page } = visitor
  await showCode(visitor)
  await onPlatform(page)
  await verifyBy(page, ...presses)
  await instead(page)
  expect(await image(page).count()).toBe(1)
  await look(page, '78-card-code-visit-card')
  await press(page, '再验证一次')
  await onPlatform(page)
  await verifyBy(page, ...REMOTE)
  await shown(page)
})

test.each([
  ['down', { kind: 'http-500' }],
  ['without a page', { kind: 'empty-verify-url', operation: undefined }],
])('2: the platform is %s: the visit card’s own code at once', async (_, fault) => {
  const visitor = await patientVisitor(on, { person: newAdult('330123') })
  await on.stack.orderFault('health-card', { operation: 'registerUniformVerifyOrder', ...fault })
  await showCode(visitor)
  await instead(visitor.page)
  expect(await image(visitor.page).count()).toBe(1)
})

test('2: verified, and the platform has no code: the visit card’s own', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330123') })
  const { page } = visitor
  await showCode(visitor)
  await onPlatform(page)
  await on.stack.orderFault('health-card', { kind: 'http-500', operation: 'getDynamicQRCode' })
  await verifyBy(page, ...REMOTE)
  await instead(page)
  await page.getByText('电子健康卡平台暂时连不上').waitFor()
  await look(page, '79-card-code-platform-down')
  await on.stack.clearFaults()
  await press(page, '再试一次')
  await shown(page)
})

test('2: a patient by visit card alone is shown as unverified and shows its code without the platform', async () => {
  const { page, phone } = await patientVisitor(on)
  await linkVisitCard(phone, KNOWN.johnSmith)
  await openHome(on, page)
  await page.getByText('未验证').first().waitFor()
  const before = platformCalls(on, 'registerUniformVerifyOrder')
  await press(page, '出示就诊卡')
  await instead(page)
  await page.getByRole('button', { name: '补领电子健康卡' }).waitFor()
  expect(platformCalls(on, 'registerUniformVerifyOrder')).toBe(before)
  await look(page, '80-card-code-no-card')
})

test('a typed address shows no health card’s code without a verification, and nothing of another user’s patient', async () => {
  const mine = await patientVisitor(on, { person: newAdult('330123') })
  const { page } = mine
  await openHome(on, page)
  await typed(on, page, `pages/card-code/show?patientId=${mine.patientIds[0]}`)
  await instead(page)
  const theirs = await patientVisitor(on, { person: newAdult('330123') })
  await typed(on, page, `pages/card-code/show?patientId=${theirs.patientIds[0]}`)
  await page.getByText('码没有加载出来').waitFor()
  expect(await image(page).count()).toBe(0)
  await look(page, '81-card-code-not-found')
})

test('elder mode: the code and its stand-in in large letters', async () => {
  const visitor = await patientVisitor(on, { person: newAdult('330123') })
  const { page } = visitor
  await openHome(on, page)
  await press(page, '切换大字版')
  await press(page, '出示二维码')
  await onPlatform(page)
  await verifyBy(page, '放弃验证')
  await instead(page)
  await look(page, '82-elder-card-code-visit-card')
  await press(page, '再验证一次')
  await onPlatform(page)
  await verifyBy(page, ...REMOTE)
  await shown(page)
  await look(page, '83-elder-card-code')
})
