import type { Page } from 'playwright-core'
import { lookAt } from './look-at.ts'

/** Its booking is in doubt. */
const DOUBTFUL = 'visit_7c0b7c0b7c0b7c0b7c0b7c0b7c0b1001'
const OPERATOR = { role: 'operator' } as const

lookAt([
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
])

async function openSecond(page: Page): Promise<void> {
  await page.getByRole('button', { name: '详情' }).nth(1).click()
}

async function openImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: '导入整张表' }).click()
}
