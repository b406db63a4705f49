import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeProblems } from '../../patient/harness/page-checks.ts'
import { fakeApplicationId } from './fake/offline.ts'
import { fakeCaseId } from './fake/refunds.ts'
import type { World } from './fake/world.ts'
import { useConsole } from './open-console.ts'

const SCREENS = join(import.meta.dirname, '../../../test-output/console')
const isLong = process.env['ZHANGYI_TEST_LONG'] === '1'
/** Drawing eight million points without a graphics card takes seconds: the whole set, with pictures, is for the long run. */
const LOOKS = [
  [1366, 768, 'light'],
  [390, 844, 'dark'],
  ...(isLong
    ? ([
        [1366, 768, 'dark'],
        [390, 844, 'light'],
        [3840, 2160, 'light'],
        [3840, 2160, 'dark'],
      ] as const)
    : []),
] as const
interface Place {
  readonly name: string
  readonly path: string
  readonly world?: Partial<World>
  /** Shown when the page has what it needs. */
  readonly text: string
  readonly act?: (page: Page) => Promise<unknown>
}
const EXPORTS: World['exports'] = [
  {
    ...{ id: 'one', name: '接口调用', format: 'xlsx', state: 'working' },
    ...{ rowsExpected: null, rowsDone: 128_000, bytesDone: 1 },
  },
  {
    ...{ id: 'two', name: '审计', format: 'csv', state: 'done' },
    ...{ rowsExpected: null, rowsDone: 48_210, bytesDone: 9_400_000 },
  },
  {
    ...{ id: 'three', name: '接口调用', format: 'csv', state: 'failed' },
    ...{ rowsExpected: 90, rowsDone: 0, bytesDone: 0 },
  },
]
const NOTICES: World['notices'] = [
  { tone: 'bad', text: '总开关已关：现在不付任何退款', path: '/console/refunds' },
  { tone: 'warn', text: '还有 312 次用卡没有上报，23:00 截止', path: '/console/usage' },
]
/** Its booking is in doubt. */
const DOUBTFUL = 'visit_7c0b7c0b7c0b7c0b7c0b7c0b7c0b1001'
const OPERATOR = { role: 'operator' } as const
const FINANCE = { role: 'finance' } as const
const [IN_REVIEW, APPROVED] = [fakeApplicationId(3), fakeApplicationId(6)]
const PLACES: readonly Place[] = [
  { name: 'sign-in', path: 'sign-in?why=idle', world: { stage: 'out' }, text: '已经自动退出' },
  {
    ...{ name: 'sign-in-provider', path: 'sign-in?why=provider-refused' },
    ...{ world: { stage: 'out', provider: '市一统一登录' }, text: '用市一统一登录登录' },
  },
  { name: 'new-password', path: 'sign-in', world: { stage: 'password' }, text: '再输一遍新口令' },
  { name: 'enrol', path: 'sign-in', world: { stage: 'enrol' }, text: 'JBSW Y3DP' },
  { name: 'code', path: 'sign-in', world: { stage: 'code' }, text: '换了手机' },
  { name: 'home', path: '', world: { notices: NOTICES }, text: '需要处理' },
  { name: 'calls', path: 'calls', text: 'registerHealthCardPreAuth' },
  { name: 'call', path: 'calls?open=1005', text: '没有收到回答' },
  { name: 'enrolment', path: 'enrolments', world: OPERATOR, text: '请信息科核对', act: openSecond },
  { name: 'archives', path: 'enrolments/archives', world: OPERATOR, text: '没有人绑定着' },
  { name: 'changes', path: 'enrolments/changes', world: OPERATOR, text: '宁波' },
  { name: 'patients', path: 'patients', world: OPERATOR, text: '待补领' },
  { name: 'patient', path: 'patients', world: OPERATOR, text: '同一个人的其他绑定', act: openSecond },
  { name: 'verification', path: 'verifications', world: OPERATOR, text: '今天的次数', act: openSecond },
  { name: 'face-checks', path: 'verifications/face-checks', world: OPERATOR, text: '不是同一个人' },
  { name: 'grant', path: 'verifications/grants', world: OPERATOR, text: '到时自动失效', act: openSecond },
  { name: 'notices', path: 'notices', world: OPERATOR, text: '今天 533 条' },
  { name: 'notice', path: 'notices', world: OPERATOR, text: '发出的文字', act: openSecond },
  {
    name: 'requeried',
    path: 'calls?open=1003',
    world: { role: 'operator' },
    text: '刚才重新查的结果',
    act: requery,
  },
  { name: 'callbacks', path: 'callbacks', world: OPERATOR, text: '转账有结果' },
  { name: 'callback', path: 'callbacks?open=500', world: OPERATOR, text: '以我们随后的查询为准' },
  { name: 'jobs', path: 'jobs', world: OPERATOR, text: '查清结果' },
  { name: 'failed-jobs', path: 'jobs/failed', world: OPERATOR, text: 'HisError' },
  { name: 'audit', path: 'audit', text: '患者确认收款' },
  { name: 'audit-entry', path: 'audit?open=48208', text: '经过' },
  { name: 'accounts', path: 'accounts', text: '孙倩' },
  { name: 'exports', path: 'calls', world: { exports: EXPORTS }, text: '保存到', act: openTray },
  { name: 'visits', path: 'visits', world: OPERATOR, text: '退款要人处理' },
  { name: 'visit', path: `visits?open=${DOUBTFUL}`, world: OPERATOR, text: '再查询一次' },
  { name: 'usage', path: 'usage', world: OPERATOR, text: '少入库 1 条' },
  { name: 'usage-parked', path: 'usage/parked', world: OPERATOR, text: '平台可能已经计入' },
  { name: 'usage-departments', path: 'usage/departments', world: OPERATOR, text: '骨科二病区门诊' },
  { name: 'usage-events', path: 'usage/events', world: OPERATOR, text: '心血管内科' },
  { name: 'usage-event', path: 'usage/events?open=20261128-9398', world: OPERATOR, text: '没有得到答复' },
  {
    name: 'usage-import',
    path: 'usage/departments',
    world: OPERATOR,
    text: '有一行不对就都不导入',
    act: openImport,
  },
  { name: 'refunds', path: 'refunds', world: FINANCE, text: '患者超过 24 小时没有确认' },
  { name: 'refund', path: `refunds?list=all&open=${fakeCaseId(0)}`, world: FINANCE, text: '接替已失效的' },
  { name: 'refund-funds', path: 'refunds/funds', world: FINANCE, text: '今天预计需要' },
  { name: 'counter', path: 'counter', world: FINANCE, text: '请患者用申请时的微信', act: lookUp },
  { name: 'own-account', path: 'account', text: '换手机请安全管理员重置' },
  { name: 'roles', path: 'accounts/roles', text: '看和导出审计' },
  { name: 'settings', path: 'settings', text: '患者遇到困难时拨打的电话' },
  { name: 'settings-keys', path: 'settings/keys', text: '快到期' },
  { name: 'settings-tests', path: 'settings/tests', text: '本机出口 IP 不在白名单', act: runTests },
  { name: 'settings-installation', path: 'settings/installation', text: 'ZHANGYI_MODE' },
  { name: 'key-check', path: 'settings/keys', text: '没有核对它们是不是一对', act: checkKey },
  { name: 'forbidden', path: 'audit', world: { role: 'operator' }, text: '您的账号不能看' },
  { name: 'not-found', path: 'nowhere', text: '没有这个页面' },
  { name: 'search', path: '', text: '找追踪号 ZY-7F3K-29QX', act: search },
  { name: 'question', path: 'accounts', text: '写进审计', act: askToDisable },
  { name: 'ledger', path: 'ledger', world: FINANCE, text: '三至五年' },
  { name: 'balances', path: 'ledger/balances', world: FINANCE, text: '商家转账' },
  {
    ...{ name: 'balance', path: 'ledger/balances?open=b00000000000000000000004', world: FINANCE },
    text: '要先处理好',
  },
  { name: 'cleaning', path: 'ledger/cleaning', world: FINANCE, text: '没有手机号' },
  { name: 'imports', path: 'ledger/imports', world: FINANCE, text: '已放弃' },
  { name: 'offline-list', path: 'offline', world: FINANCE, text: '患者已去世' },
  { name: 'offline', path: `offline?state=in-review&open=${IN_REVIEW}`, world: FINANCE, text: '不要付两次' },
  {
    ...{ name: 'payout', path: `offline?state=approved&open=${APPROVED}`, world: FINANCE },
    ...{ text: '登记之后不能再改', act: openPayout },
  },
  { name: 'campaigns', path: 'campaigns', world: FINANCE, text: '第四季度' },
  { name: 'campaign', path: 'campaigns?open=camp_2', world: FINANCE, text: '自动暂停' },
  { name: 'new-campaign', path: 'campaigns', world: FINANCE, text: '有实名绑定的微信', act: previewCampaign },
  { name: 'new-account', path: 'accounts', text: '不选就是全部', act: openNewAccount },
]

async function search(page: Page): Promise<void> {
  await page.locator('main h1').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zy-7f3k-29qx')
}

async function requery(page: Page): Promise<void> {
  await page.getByRole('button', { name: '重新查一次' }).click()
  await page.getByLabel('原因').fill('患者在窗口等')
  await page.getByRole('button', { name: '重新查', exact: true }).click()
}

async function lookUp(page: Page): Promise<void> {
  await page.getByLabel('就诊卡号或身份证号').fill('11010519491231002X')
  await page.keyboard.press('Enter')
}

async function openTray(page: Page): Promise<void> {
  await page.getByRole('button', { name: '份可以下载' }).click()
}

async function openSecond(page: Page): Promise<void> {
  await page.getByRole('button', { name: '详情' }).nth(1).click()
}

async function askToDisable(page: Page): Promise<void> {
  await page.getByRole('button', { name: '更多：孙倩' }).click()
  await page.getByRole('menuitem', { name: '停用' }).click()
}

async function runTests(page: Page): Promise<void> {
  await page.getByRole('button', { name: '开始测试' }).click()
}

async function checkKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: /检查新的：商户/ }).click()
  await page
    .getByLabel('私钥', { exact: true })
    .setInputFiles({ name: 'apiclient_key.pem', mimeType: 'text/plain', buffer: Buffer.from('key') })
  await page.getByText('apiclient_key.pem', { exact: true }).waitFor()
  await page.getByRole('button', { name: '检查', exact: true }).click()
}

async function openPayout(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记付款' }).click()
}

async function previewCampaign(page: Page): Promise<void> {
  await page.getByRole('button', { name: '新建通知' }).click()
  await page.getByLabel('名称').fill('第四季度')
  await page.getByRole('button', { name: '看看会通知谁' }).click()
}

async function openNewAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: '开账号' }).click()
}

async function openImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: '导入整张表' }).click()
}

/** Sideways scrolling of the page, and letters below 11 px. */
function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const place of document.querySelectorAll('html, main'))
      if (place.scrollWidth > place.clientWidth) found.push(`${place.tagName} scrolls sideways`)
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim() ?? ''
      if (text === '' || !element?.checkVisibility()) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      if (size < 11) found.push(`${text}: ${size}px`)
    }
    return found
  })
}

const open = useConsole()

test.each(PLACES)(
  '$name is readable on every screen, by day and by night',
  async ({ name, path, world, text, act }) => {
    const { page, problems } = await open(path, { ...(world && { world }) })
    await act?.(page)
    await page.getByText(text).first().waitFor()
    mkdirSync(SCREENS, { recursive: true })
    for (const [width, height, colorScheme] of LOOKS) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      // Day becomes night with the next picture, and what fades in would be measured half transparent.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
      await page.waitForFunction(() =>
        document.getAnimations().every(({ playState }) => playState !== 'running'),
      )
      const look = `${name}-${width}-${colorScheme}`
      if (isLong) await page.screenshot({ path: join(SCREENS, `${look}.png`) })
      expect(await layoutProblems(page), look).toEqual([])
      expect(await axeProblems(page), look).toEqual([])
    }
    expect(problems).toEqual([])
  },
)
