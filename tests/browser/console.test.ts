import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { builtConsole } from '../../apps/console/build/built-console.ts'
import { axeProblems } from '../../apps/patient/harness/page-checks.ts'
import type { Role } from '../../apps/server/src/platform/operators/access/roles.ts'
import { totpCode, totpStep } from '../../apps/server/src/platform/operators/sign-in/totp.ts'
import { addOperator } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { newVisitor } from '../setup/browser.ts'
import { furtherTest } from '../setup/further-test.ts'
import { launchBrowser } from '../setup/launch-browser.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'

// The console as the people of each role come to it in the morning, against the real server.

// Each sign-in would take as long as a guess does. `password.test.ts` has the real cost.
vi.mock('../../apps/server/src/platform/operators/accounts/password-cost.ts', () => ({
  PASSWORD_COST: { N: 16, r: 8, p: 1 },
}))

const SCREENS = join(import.meta.dirname, '../../test-output/screens')
const DESK = { width: 1366, height: 768 }
const PASSWORD = 'Green-Lake-77'
const OWN = 'Blue-River-88'

let database: TestDatabase
let stack: TestStack
let browser: Awaited<ReturnType<typeof launchBrowser>>
beforeAll(async () => {
  const { dist } = await builtConsole()
  database = await createTestDatabase()
  stack = await startStack(database, { consoleDir: dist })
  browser = await launchBrowser()
  for (const role of ['system', 'security', 'audit', 'operator'] as const) await add(`the-${role}`, role)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
  await database?.drop()
})

const add = (loginName: string, role: Role) =>
  addOperator(
    { database: database.database, clock: stack.sandbox.clock },
    { loginName, role, password: PASSWORD },
  )
const at = (path: string) => `${stack.server.origin}/console${path}`

async function look(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  // What fades would be measured half transparent.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  await page.screenshot({ path: join(SCREENS, `${name}.png`) })
  expect(await axeProblems(page), `${name}: axe`).toEqual([])
}

async function desk(): Promise<Page> {
  return (await newVisitor(browser, { viewport: DESK })).page
}

async function signIn(page: Page, loginName: string, password = PASSWORD): Promise<void> {
  await page.goto(at('/sign-in'))
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('口令').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

async function enter(page: Page, loginName: string): Promise<void> {
  await signIn(page, loginName)
  await page.getByRole('heading', { name: /好，/ }).waitFor()
}

test('a new colleague: one opens the account, another agrees, the colleague takes it over, and the auditor sees it all', async () => {
  const system = await desk()
  await enter(system, 'the-system')
  await system.getByRole('link', { name: '用户与角色' }).click()
  await system.getByRole('button', { name: '开账号' }).first().click()
  const dialog = system.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('李会计')
  await dialog.getByLabel('登录名').fill('li-04')
  // By keyboard, as it works for everybody.
  await dialog.getByLabel('角色').press('Enter')
  await system.getByRole('option', { name: '财务' }).click()
  await dialog.getByRole('button', { name: '开账号' }).click()
  const once = (await system.locator('.password code').innerText()).trim()
  expect(once).toMatch(/^\w{4}(-\w{4}){3}$/)
  await look(system, '90-console-one-time-password')
  await system.getByRole('button', { name: '已经告诉本人' }).click()

  const colleague = await desk()
  await signIn(colleague, 'li-04', once)
  await colleague.getByText('账号还没有批准').waitFor()

  const security = await desk()
  await enter(security, 'the-security')
  await security.goto(at('/accounts'))
  const row = security.getByRole('row').filter({ hasText: 'li-04' })
  await row.getByRole('button', { name: '批准' }).click()
  await security.getByRole('dialog').getByRole('button', { name: '批准' }).click()
  await row.getByText('正常').waitFor()
  await look(security, '91-console-accounts')

  await signIn(colleague, 'li-04', once)
  await colleague.getByLabel('现在的口令').fill(once)
  await colleague.getByLabel('新口令', { exact: true }).fill(OWN)
  await colleague.getByLabel('再输一遍新口令').fill(OWN)
  await colleague.getByRole('button', { name: '改好，继续' }).click()
  await colleague.getByRole('heading', { name: /好，李会计/ }).waitFor()
  await colleague.getByText('单边订单（可重发）').waitFor()
  await look(colleague, '92-console-home')
  await colleague.goto(at('/accounts'))
  await colleague
    .getByText(/没有权限|不能/)
    .first()
    .waitFor()

  const auditor = await desk()
  await enter(auditor, 'the-audit')
  await auditor.getByRole('link', { name: '审计' }).click()
  await auditor.getByText('账号和登录', { exact: true }).click()
  await auditor.getByRole('row').filter({ hasText: 'li-04' }).first().waitFor()
  await look(auditor, '93-console-audit')
  await auditor.getByRole('button', { name: '导出' }).click()
  await auditor.getByRole('menuitem', { name: 'CSV' }).click()
  await auditor.getByRole('dialog').getByRole('textbox').fill('季度检查')
  await auditor.getByRole('dialog').getByRole('button', { name: '导出' }).click()
  await auditor.getByRole('button', { name: '导出：1 份可以下载' }).click()
  const download = auditor.waitForEvent('download')
  await auditor.getByRole('link', { name: '下载：审计' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  expect(readFileSync(await file.path(), 'utf8')).toContain('li-04')
})

test('a wrong password says what to do; a page that was asked for opens after the sign-in', async () => {
  const page = await desk()
  await page.goto(at('/calls'))
  await page.getByLabel('登录名').fill('the-operator')
  await page.getByLabel('口令').fill('wrong')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('登录名或口令不对').waitFor()
  await look(page, '94-console-door')
  await page.getByLabel('口令').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '接口调用' }).waitFor()
  await look(page, '95-console-calls')
  expect(new URL(page.url()).pathname).toBe('/console/calls')
})

furtherTest('signed out by somebody else, the page says so and leads back to where it was', async () => {
  const page = await desk()
  await enter(page, 'the-operator')
  await database.asOwner('DELETE FROM operator_session')
  await page.getByRole('link', { name: '接口调用' }).click()
  await page.getByLabel('登录名').waitFor()
  await signInHere(page, 'the-operator')
  await page.getByRole('heading', { name: '接口调用' }).waitFor()
})

async function signInHere(page: Page, loginName: string): Promise<void> {
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('口令').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}

furtherTest(
  'the own password is changed by its owner, and every other desk of the account is closed',
  async () => {
    await add('changes-it', 'operator')
    const [page, other] = [await desk(), await desk()]
    await enter(page, 'changes-it')
    await enter(other, 'changes-it')
    await page.getByRole('button', { name: /changes-it/ }).click()
    await page.getByText('我的账号：改口令、绑定验证器').click()
    await page.getByLabel('现在的口令').fill(PASSWORD)
    await page.getByLabel('新口令', { exact: true }).fill('too-easy')
    await page.getByLabel('再输一遍新口令').fill('too-easy')
    await page.getByRole('button', { name: '改口令' }).click()
    await page.getByText('新口令至少 10 个字符').waitFor()
    await page.getByLabel('新口令', { exact: true }).fill(OWN)
    await page.getByLabel('再输一遍新口令').fill(OWN)
    await page.getByRole('button', { name: '改口令' }).click()
    await page.getByText('口令已经改好').waitFor()
    await look(page, '96-console-own-account')
    await other.getByRole('link', { name: '接口调用' }).click()
    await other.getByLabel('登录名').waitFor()
  },
)

furtherTest('the code of a telephone: asked for where the account has one', async () => {
  await add('with-phone', 'operator')
  const page = await desk()
  await enter(page, 'with-phone')
  const secret = await page.evaluate(async () => {
    const { secret: offered } = await (await fetch('/api/v1/console/session/second-factor')).json()
    return offered as string
  })
  const codeNow = () => totpCode(secret, totpStep(stack.sandbox.clock.nowMs()))
  const answered = await page.evaluate(async (code) => {
    const answer = await fetch('/api/v1/console/session/second-factor', {
      ...{
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      },
    })
    return answer.status
  }, codeNow())
  expect(answered).toBe(200)
  // The next code: one that was used is used up.
  stack.sandbox.clock.advance(30_000)
  const again = await desk()
  await signIn(again, 'with-phone')
  await again.getByLabel('验证器里的 6 位数字').fill(codeNow())
  await again.getByRole('heading', { name: /好，/ }).waitFor()
})
