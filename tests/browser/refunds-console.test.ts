import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { builtConsole } from '../../apps/console/build/built-console.ts'
import { axeProblems } from '../../apps/patient/harness/page-checks.ts'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { openRefunds, type RefundsRig } from '../refunds/refunds-rig.ts'
import { SMALL_PHONE } from '../setup/browser.ts'
import { launchBrowser } from '../setup/launch-browser.ts'

// A finance clerk's day with refunds, pressed on the real page against the real server and the simulated WeChat.

const SCREENS = join(import.meta.dirname, '../../test-output/screens')
const DESK = { width: 1366, height: 768 }

let rig: RefundsRig
let browser: Awaited<ReturnType<typeof launchBrowser>>
let cases: Awaited<ReturnType<typeof fillDesk>>
beforeAll(async () => {
  rig = await openRefunds({ consoleDir: (await builtConsole()).dist })
  browser = await launchBrowser()
  cases = await fillDesk()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await rig?.close()
})

/** One of everything that a clerk has to see to. */
async function fillDesk() {
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  await rig.pay('set-balance', { account: 'BASIC', amountFen: 100_000_000 })
  const user = await rig.signIn()
  const leave = async (name: string, balanceFen: number) => {
    const patient = await rig.newPatient({ name, balanceFen })
    return { ...patient, caseId: (await user.refundByFace(patient)).body.id }
  }
  const [small, large, back] = [
    await leave('李明华', 38_650),
    await leave('陈大川', 150_000),
    await leave('周兰', 6_000),
  ]
  await rig.pass(DAY_MS + 2 * HOUR_MS, 2 * HOUR_MS)
  const patient = await rig.newPatient({ name: '孙小红' })
  await rig.recharge(patient.patid, 30_000, { person: 'payer-of-the-desk' })
  const patientId = await user.link(patient)
  const { body } = await user.originalOrders(patientId)
  rig.fault('refund-abnormal')
  const orders = [{ orderId: body.orders[0]?.id ?? '', amountFen: 30_000 }]
  const abnormal = { ...patient, caseId: (await user.applyOriginal(patientId, orders)).body.id }
  await rig.pass(10 * MINUTE_MS)
  return { user, small, large, back, abnormal }
}

/** A window of somebody of the finance; what the browser asks for is answered by the server without a socket. */
async function desk(loginName: string, path: string, viewport = DESK): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  onTestFinished(() => context.close())
  const cookie = await signInAs(
    { database: rig.database, clock: rig.clock },
    { origin: rig.origin, loginName, role: 'finance' },
  )
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: rig.origin }])
  await context.route('**/*', async (route) => {
    const request = route.request()
    const url = request.url()
    // Answers that go on for ever are not for `inject`.
    if (!url.startsWith(rig.origin) || url.includes('/api/v1/console/events')) return route.abort()
    const answer = await rig.app.http.inject({
      method: request.method() as 'GET' | 'POST',
      url: url.slice(rig.origin.length),
      headers: { ...(await request.allHeaders()), cookie },
      ...(request.postData() !== null && { payload: request.postData() ?? '' }),
    })
    await route.fulfill({
      status: answer.statusCode,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([header, text]) => [header, String(text)]),
      ),
      body: answer.rawPayload,
    })
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${rig.origin}/console${path}`)
  return page
}

const opened = (caseId: string) => `/refunds?list=all&open=${caseId}`
const phaseOf = async (caseId: string) => (await cases.user.case(caseId)).legs[0]?.phase

async function look(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  await page.screenshot({ path: join(SCREENS, `${name}.png`) })
  expect(await axeProblems(page), `${name}: axe`).toEqual([])
}

async function answer(page: Page, button: string, reason: string): Promise<void> {
  const question = page.getByRole('dialog').filter({ hasText: '原因（写进审计）' })
  await question.getByLabel('原因').fill(reason)
  await question.getByRole('button', { name: button }).click()
}

test('expired: found under what waits, reissued with a reason, and the patient can receive it', async () => {
  const page = await desk('wang-03', '/refunds?list=one-sided')
  const row = page.getByRole('row').filter({ hasText: '386.50' })
  await row.getByText('患者超过 24 小时没有确认').waitFor()
  expect(await page.getByText('李明华').count()).toBe(0)
  await row.getByRole('button', { name: '详情' }).click()
  await look(page, '95-refunds-one-sided')
  await page.getByRole('button', { name: '生成新订单号退款' }).click()
  await answer(page, '生成新订单号退款', '患者没有看到提醒')
  await page.getByText('已用新订单号发起').waitFor()
  await page.getByText('接替已失效的').waitFor()
  await page.getByRole('button', { name: '生成新订单号退款' }).waitFor({ state: 'detached' })
  expect(await phaseOf(cases.small.caseId)).toBe('to-receive')
})

test('above the amount: asked by one, found by another under 需要处理, agreed, and sent', async () => {
  const { caseId } = cases.large
  const wang = await desk('wang-03', opened(caseId))
  await wang.getByRole('button', { name: '生成新订单号退款' }).click()
  await wang.getByText('提交后要另一位同事复核').waitFor()
  await answer(wang, '提交复核', '患者出院没看到')
  await wang.getByText('请另一位同事登录后复核').waitFor()
  expect(await wang.getByRole('button', { name: '复核同意' }).count()).toBe(0)

  const li = await desk('li-04', '/refunds')
  const row = li.getByRole('row').filter({ hasText: '1,500.00' })
  await row.getByText('等第二个人复核').waitFor()
  await row.getByRole('button', { name: '详情' }).click()
  await li.getByText('患者出院没看到').first().waitFor()
  await look(li, '95-refunds-review')
  await li.getByRole('button', { name: '复核同意' }).click()
  await answer(li, '同意并发出', '电话核对过')
  await li.getByText('电话核对过').waitFor()
  expect(await phaseOf(caseId)).toBe('to-receive')
})

test('given back; abnormal: to a bank card; funds, the stop switch, and the counter', async () => {
  const page = await desk('wang-03', opened(cases.back.caseId))
  await page.getByRole('button', { name: '退回余额' }).click()
  await answer(page, '退回余额', '患者改在窗口退')
  await page.getByText('已退回患者的门诊余额').waitFor()
  expect(rig.his().balanceOf(cases.back.patid)).toMatchObject({ available: 6_000 })

  await page.goto(`${rig.origin}/console/refunds?list=abnormal`)
  await page.getByRole('row').filter({ hasText: '孙*红' }).getByRole('button', { name: '详情' }).click()
  await page.getByRole('button', { name: '异常退款改退银行卡' }).click()
  await page.getByLabel('微信的银行代码').fill('ICBC_DEBIT')
  await page.getByLabel('患者本人的银行卡号').fill('6222 0212 3456 7890 123')
  await page.getByLabel('原因').fill('患者来电提供')
  await page.getByRole('button', { name: '改退到这张卡' }).click()
  await page.getByText('微信已受理', { exact: true }).waitFor()

  await page.goto(`${rig.origin}/console/refunds/funds`)
  await page.getByRole('button', { name: '登记现在的余额' }).click()
  await page.getByLabel('余额多少元').fill('12,345.6')
  await page.getByRole('button', { name: '登记余额' }).click()
  await page.getByText('12,345.60').first().waitFor()
  await page.getByRole('button', { name: '立即停付' }).click()
  await answer(page, '立即停付', '账实不符，先停')
  await page.getByText('wang-03，账实不符，先停').waitFor()
  await look(page, '95-refunds-funds')
  await page.getByRole('button', { name: '恢复付款' }).click()
  await answer(page, '恢复付款', '查清了')
  await page.getByText('正常付款').waitFor()

  await page.goto(`${rig.origin}/console/counter`)
  await page.getByLabel('就诊卡号或身份证号').waitFor()
  await page.keyboard.type(cases.small.idNumber)
  await page.keyboard.press('Enter')
  await page.getByText('等待患者在微信里点“确认收款”').first().waitFor()
  await look(page, '95-counter')
  expect(page.url()).not.toContain(cases.small.idNumber)
})

test('on a telephone nothing is wider than the window', async () => {
  for (const path of ['/refunds?list=all', opened(cases.small.caseId), '/refunds/funds', '/counter']) {
    const page = await desk('wang-03', path, SMALL_PHONE)
    await page.locator('h1').first().waitFor()
    const wider = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.querySelector('main') ?? document.body
      return scrollWidth > clientWidth
    })
    expect(wider, path).toBe(false)
  }
})
