import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shanghaiDay } from '@zhangyi/core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeProblems } from '../../apps/patient/harness/page-checks.ts'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { seedDay } from '../../apps/server/src/usage/test-support/seed-day.ts'
import { launchBrowser, newVisitor } from '../setup/browser.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'

// （三）用卡数据: what an operator sees and does about it, in a browser without scripts.

const SCREENS = join(import.meta.dirname, '../../test-output/screens')
const DESK = { width: 1366, height: 768 }

let database: TestDatabase
let stack: TestStack
let browser: Awaited<ReturnType<typeof launchBrowser>>
beforeAll(async () => {
  database = await createTestDatabase()
  stack = await startStack(database)
  browser = await launchBrowser()
  const nowMs = stack.sandbox.clock.nowMs()
  await seedDay(database, nowMs)
  await database.asOwner(`
    INSERT INTO usage_alarm VALUES ('demo', '${shanghaiDay(nowMs)}', '21:00', ${nowMs}, 5, 3, 16, 1);
    INSERT INTO usage_gate (hospital_id, last_yes_at_ms, last_problem, last_problem_at_ms)
    VALUES ('demo', ${nowMs - 30_000}, 'unknown timeout', ${nowMs - 3_600_000})`)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
  await database?.drop()
})

const at = (path: string) => `${stack.server.origin}${path}`

async function look(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  await page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true })
  expect(await axeProblems(page), `${name}: axe`).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(wider, `${name}: nothing is wider than the window`).toBe(false)
}

async function signIn(page: Page): Promise<void> {
  const { origin } = stack.server
  const parts = { database: database.database, clock: stack.sandbox.clock }
  const cookie = await signInAs(parts, { origin, loginName: 'wang-03', role: 'operator' })
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: origin }])
  await page.goto(at('/console/usage'))
}

test('an operator sees what needs a person first, and sees to it', async () => {
  const { page } = await newVisitor(browser, { viewport: DESK })
  await signIn(page)
  await page.getByRole('heading', { name: '上报与完整性' }).waitFor()
  await page.getByText('查询检验报告 308，少入库 1 条').waitFor()
  await look(page, '91-console-usage')

  const unknown = page.locator('#parked tr').filter({ hasText: '结果不明' })
  await unknown.getByRole('button', { name: '平台已有，确认计入' }).click()
  await page.getByRole('status').getByText('2 个事件记为平台已计入').waitFor()

  const heart = page.getByLabel('心血管内科的平台科室代码')
  await heart.fill('0301')
  await page.locator('tr').filter({ has: heart }).getByRole('button').click()
  await page.getByRole('status').getByText('1 个科室的代码已保存').waitFor()

  await page.getByText('导入平台数量').click()
  await page.getByLabel(/^粘贴（每行：日期/).fill('2026-13-01,0101011,5')
  await page.locator('details[open]').getByRole('button', { name: '导入' }).click()
  await page.getByRole('alert').getByText('第 1 行：第一列是日期').waitFor()

  await page.getByRole('button', { name: '已处理' }).click()
  await page.getByRole('status').getByText('报警已处理').waitFor()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载报表' }).click()
  const csv = readFileSync(await (await download).path(), 'utf8')
  expect(csv.startsWith('\uFEFF日期,环节,环节名称')).toBe(true)
  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL('**/console/sign-in')
})

test('the same page on a telephone', async () => {
  const { page } = await newVisitor(browser)
  await signIn(page)
  await page.getByRole('heading', { name: '上报与完整性' }).waitFor()
  await look(page, '92-console-usage-phone')
})
