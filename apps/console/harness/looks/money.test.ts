import type { Page } from 'playwright-core'
import { fakeApplicationId } from '../fake/offline.ts'
import { fakeCaseId } from '../fake/refunds.ts'
import { lookAt } from './look-at.ts'

const FINANCE = { role: 'finance' } as const
const [IN_REVIEW, APPROVED] = [fakeApplicationId(3), fakeApplicationId(6)]

lookAt([
  { name: 'refunds', path: 'refunds', world: FINANCE, text: '患者超过 24 小时没有确认' },
  { name: 'refund', path: `refunds?list=all&open=${fakeCaseId(0)}`, world: FINANCE, text: '接替已失效的' },
  { name: 'refund-funds', path: 'refunds/funds', world: FINANCE, text: '今天预计需要' },
  { name: 'counter', path: 'counter', world: FINANCE, text: '请患者用申请时的微信', act: lookUp },
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
])

async function lookUp(page: Page): Promise<void> {
  await page.getByLabel('就诊卡号或身份证号').fill('11010519491231002X')
  await page.keyboard.press('Enter')
}

async function openPayout(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记付款' }).click()
}

async function previewCampaign(page: Page): Promise<void> {
  await page.getByRole('button', { name: '新建通知' }).click()
  await page.getByLabel('名称').fill('第四季度')
  await page.getByRole('button', { name: '看看会通知谁' }).click()
}
