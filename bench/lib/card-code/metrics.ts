import type { Locator, Page } from 'playwright-core'
import type { Installation } from './open-installation.ts'
import { PASS, type PhoneWithCard } from './phone-with-card.ts'
import { type Shown, timeToCode } from './time-to-code.ts'

export interface Metric {
  readonly name: string
  /** One round, in milliseconds. */
  readonly measure: (phone: PhoneWithCard, installation: Installation) => Promise<number>
}

const SLOW = 4
const HEALTH_CARD: Shown = '电子健康卡 · 动态码'
const VISIT_CARD: Shown = '就诊卡'
const SHOW_CODE = '出示二维码'
// Longer than the gateway waits for the platform.
const SILENCE_MS = 20_000

/** Opens the code's page as a link does: nothing of the app is in the browser's memory. */
async function openPage(phone: PhoneWithCard, cpuSlowdown: number, shown: Shown): Promise<number> {
  await phone.verify()
  return onPage(phone, cpuSlowdown, (page) =>
    timeToCode(page, shown, () => page.goto(phone.codePage, { waitUntil: 'commit' })),
  )
}

/** The same while the platform does not give a code: every round meets the fault. */
async function openWithout(fault: object, phone: PhoneWithCard, { stack }: Installation): Promise<number> {
  await stack.orderFault('health-card', { operation: 'getDynamicQRCode', ...fault })
  try {
    return await openPage(phone, SLOW, VISIT_CARD)
  } finally {
    await stack.clearFaults()
  }
}

/** From the last press on the platform's page, through our return page, which queries the result, to the code. */
function verifyAndSee(phone: PhoneWithCard): Promise<number> {
  return onPage(phone, SLOW, async (page) => {
    await page.goto(phone.home)
    await press(page, SHOW_CODE)
    const [method, passed] = PASS
    await press(page, method)
    const button = await pressable(page, passed)
    return timeToCode(page, HEALTH_CARD, () => button.dispatchEvent('click'))
  })
}

/** From the tap on the home page, where no verification can begin. */
async function tapWithoutPlatform(phone: PhoneWithCard, { stack }: Installation): Promise<number> {
  await stack.orderFault('health-card', { operation: 'registerUniformVerifyOrder', kind: 'http-500' })
  try {
    return await onPage(phone, SLOW, async (page) => {
      await page.goto(phone.home)
      const button = await pressable(page, SHOW_CODE)
      return timeToCode(page, VISIT_CARD, () => button.dispatchEvent('click'))
    })
  } finally {
    await stack.clearFaults()
  }
}

/** On the platform's page the methods are links, the results buttons. */
async function pressable(page: Page, words: string): Promise<Locator> {
  const found = page.locator('button, a').filter({ hasText: words }).first()
  await found.waitFor()
  return found
}

async function press(page: Page, words: string): Promise<void> {
  await (await pressable(page, words)).click()
}

async function onPage(
  phone: PhoneWithCard,
  cpuSlowdown: number,
  measure: (page: Page) => Promise<number>,
): Promise<number> {
  const page = await phone.newPage(cpuSlowdown)
  try {
    return await measure(page)
  } finally {
    await page.context().close()
  }
}

export const METRICS: readonly Metric[] = [
  { name: 'visible-4x-cpu', measure: (phone) => openPage(phone, SLOW, HEALTH_CARD) },
  { name: 'visible-no-throttle', measure: (phone) => openPage(phone, 1, HEALTH_CARD) },
  { name: 'verified-4x-cpu', measure: verifyAndSee },
  { name: 'no-verification-4x-cpu', measure: tapWithoutPlatform },
  {
    name: 'platform-down-4x-cpu',
    measure: (phone, installation) => openWithout({ kind: 'http-500' }, phone, installation),
  },
  {
    name: 'platform-silent-4x-cpu',
    measure: (phone, installation) =>
      openWithout({ kind: 'delay', delayMs: SILENCE_MS }, phone, installation),
  },
]
