import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeProblems } from '../../apps/patient/harness/page-checks.ts'
import { openRefunds, type RefundsRig } from '../refunds/refunds-rig.ts'
import { launchBrowser, SMALL_PHONE } from '../setup/browser.ts'

// The refunds desk as a clerk sees it, at a desk and on a telephone.

const SCREENS = join(import.meta.dirname, '../../test-output/screens')
const DESK = { width: 1366, height: 768 }
const PAGE = '/console/refunds'

let rig: RefundsRig
let browser: Awaited<ReturnType<typeof launchBrowser>>
let cases: string[]
beforeAll(async () => {
  rig = await openRefunds()
  browser = await launchBrowser()
  cases = await fillDesk()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await rig?.close()
})

/** One of everything that a clerk has to see to. */
async function fillDesk() {
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  await rig.pay('set-balance', { account: 'BASIC', amountFen: 100_000_000 })
  const user = await rig.signIn()
  const made: string[] = []
  for (const [name, balanceFen] of [
    ...[['李明华', 38_650] as const, ['陈大川', 150_000] as const],
    ['周兰', 6_000] as const,
  ])
    made.push((await user.refundByFace(await rig.newPatient({ name, balanceFen }))).body.id)
  await rig.pass(DAY_MS + 2 * HOUR_MS, 2 * HOUR_MS)
  const wang = await rig.operator('王会计')
  const leg = async (caseId = '') => (await rig.legs(caseId))[0]?.id ?? ''
  await wang.send(`${PAGE}/legs/reissue`, {
    leg: await leg(made[0]),
    reason: '患者没有看到提醒，电话确认要领',
  })
  await wang.send(`${PAGE}/legs/reissue`, { leg: await leg(made[1]), reason: '患者住院，出院后再领' })

  const patient = await rig.newPatient({ name: '孙小红' })
  await rig.recharge(patient.patid, 30_000, { person: 'payer-of-the-desk' })
  const patientId = await user.link(patient)
  const { body } = await user.originalOrders(patientId)
  rig.fault('refund-abnormal')
  const orders = [{ orderId: body.orders[0]?.id ?? '', amountFen: 30_000 }]
  made.push((await user.applyOriginal(patientId, orders)).body.id)
  await rig.pass(10 * MINUTE_MS)

  await wang.send(`${PAGE}/funds/balance`, { balance: '5000' })
  await rig.run()
  return made
}

test.each([
  ['desk', DESK],
  ['phone', SMALL_PHONE],
] as const)('every view is readable and fits the window: %s', async (where, viewport) => {
  const operator = await rig.operator('李会计')
  // The page has neither scripts nor files of its own: what the server sent is all of it.
  const page = await browser.newPage({ viewport })
  mkdirSync(SCREENS, { recursive: true })
  const views = {
    overview: '',
    review: `case=${cases[1]}`,
    'one-sided': `case=${cases[2]}`,
    abnormal: `case=${cases[3]}`,
  }
  for (const [name, query] of Object.entries(views)) {
    const { status, body } = await operator.page(`${PAGE}?${query}`)
    expect(status, name).toBe(200)
    await page.setContent(body)
    if (name === 'overview') await page.screenshot({ path: join(SCREENS, `95-refunds-${where}.png`) })
    await page.screenshot({ path: join(SCREENS, `95-refunds-${where}-${name}.png`), fullPage: true })
    if (viewport === DESK) expect(await axeProblems(page), `${name}: axe`).toEqual([])
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wider, `${name}: nothing is wider than the window`).toBe(false)
  }
  await page.close()
})
