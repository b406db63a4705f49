import type { Page } from 'playwright-core'
import type { World } from '../fake/world.ts'
import { lookAt } from './look-at.ts'

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
const OPERATOR = { role: 'operator' } as const

lookAt([
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
  { name: 'own-account', path: 'account', text: '换手机请安全管理员重置' },
  { name: 'roles', path: 'accounts/roles', text: '看和导出审计' },
  { name: 'settings', path: 'settings', text: '患者遇到困难时拨打的电话' },
  { name: 'settings-keys', path: 'settings/keys', text: '快到期' },
  { name: 'settings-tests', path: 'settings/tests', text: '本机出口 IP 不在白名单', act: runTests },
  { name: 'settings-installation', path: 'settings/installation', text: 'ZHANGYI_MODE' },
  { name: 'key-check', path: 'settings/keys', text: '没有核对它们是不是一对', act: checkKey },
  { name: 'key-replaced', path: 'settings/keys', text: '已换，重启网关后使用', act: replaceKey },
  { name: 'forbidden', path: 'audit', world: { role: 'operator' }, text: '您的账号不能看' },
  { name: 'not-found', path: 'nowhere', text: '没有这个页面' },
  { name: 'search', path: '', text: '找追踪号 ZY-7F3K-29QX', act: search },
  { name: 'question', path: 'accounts', text: '写进审计', act: askToDisable },
  { name: 'new-account', path: 'accounts', text: '不选就是全部', act: openNewAccount },
])

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

async function openTray(page: Page): Promise<void> {
  await page.getByRole('button', { name: '份可以下载' }).click()
}

async function askToDisable(page: Page): Promise<void> {
  await page.getByRole('button', { name: '更多：孙倩' }).click()
  await page.getByRole('menuitem', { name: '停用' }).click()
}

async function runTests(page: Page): Promise<void> {
  await page.getByRole('button', { name: '开始测试' }).click()
}

async function checkKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: /更换：商户/ }).click()
  await page
    .getByLabel('私钥', { exact: true })
    .setInputFiles({ name: 'apiclient_key.pem', mimeType: 'text/plain', buffer: Buffer.from('key') })
  await page.getByText('apiclient_key.pem', { exact: true }).waitFor()
  await page.getByRole('button', { name: '检查', exact: true }).click()
}

async function replaceKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: /更换：电子健康卡/ }).click()
  await page.getByLabel('新的密钥').fill('a-new-secret-word')
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await page.getByRole('button', { name: '更换', exact: true }).click()
}

async function openNewAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: '开账号' }).click()
}
