import type { Role } from './roles.ts'

interface Page {
  readonly group: string
  readonly path: string
}

interface Rule {
  readonly zh: string
  readonly roles: readonly Role[]
  /** Who may do this finds it in the menu. */
  readonly page?: Page
}

const WORKING = ['finance', 'operator'] as const
const SEEING = ['finance', 'operator', 'hospital'] as const

/**
 * The one table of who may do what. The server asks it at every operation, the menu is drawn from it, and the tests of the
 * whole matrix are made from it.
 */
export const PERMISSIONS = {
  'home.read': {
    zh: '首页',
    roles: ['system', 'security', 'audit', 'finance', 'operator', 'hospital'],
    page: { group: '', path: '/console/' },
  },
  'enrolments.read': {
    zh: '建档',
    roles: ['operator', 'hospital'],
    page: { group: '患者服务', path: '/console/enrolments' },
  },
  'enrolments.work': {
    zh: '确认院内档案，给没有结果的修改下结论，重新绑定健康卡',
    roles: ['operator'],
  },
  'enrolments.export': { zh: '导出建档', roles: ['operator'] },
  'patients.read': { zh: '患者', roles: SEEING, page: { group: '患者服务', path: '/console/patients' } },
  'patients.unmask': { zh: '看患者完整的姓名和号码', roles: WORKING },
  'verifications.read': {
    zh: '核验与授权',
    roles: ['operator', 'hospital'],
    page: { group: '患者服务', path: '/console/verifications' },
  },
  'grants.void': { zh: '作废授权', roles: ['operator'] },
  'visits.read': {
    zh: '挂号与缴费',
    roles: SEEING,
    page: { group: '就诊服务', path: '/console/visits' },
  },
  'visits.work': { zh: '再查询一次挂号缴费的结果，标记付款的问题已处理', roles: WORKING },
  'visits.export': { zh: '导出挂号与缴费', roles: WORKING },
  'usage.read': {
    zh: '上报与完整性',
    roles: SEEING,
    page: { group: '用卡数据', path: '/console/usage' },
  },
  'usage.export': { zh: '导出用卡事件', roles: ['operator'] },
  'usage.work': { zh: '处理没有上报的事件、科室代码、平台数量和报警', roles: ['operator'] },
  'refunds.read': {
    zh: '退款',
    roles: SEEING,
    page: { group: '退款与对账', path: '/console/refunds' },
  },
  'counter.read': {
    zh: '窗口查询',
    roles: SEEING,
    page: { group: '退款与对账', path: '/console/counter' },
  },
  'refunds.export': { zh: '导出退款', roles: WORKING },
  'refunds.repair': { zh: '处理单边订单和退款异常、复核', roles: WORKING },
  'refunds.bill': {
    zh: '超过 30 天没有结果的转账按账单定结果、复核；微信推翻的结果标记为已处理',
    roles: ['finance'],
  },
  'refunds.window': { zh: '窗口付讫：医院系统不能退回的单边订单，记作窗口已付、复核', roles: ['finance'] },
  'refunds.funds': { zh: '登记运营账户的充值和余额', roles: ['finance'] },
  'refunds.stop': { zh: '总开关：停止和恢复付款', roles: WORKING },
  'refunds.alarms': { zh: '处理资金报警', roles: WORKING },
  'ledger.read': {
    zh: '余额台账',
    roles: SEEING,
    page: { group: '退款与对账', path: '/console/ledger' },
  },
  'ledger.work': { zh: '导入和更新台账', roles: WORKING },
  'ledger.export': { zh: '导出台账，姓名和号码遮盖', roles: WORKING },
  'ledger.unmask': { zh: '导出台账完整的姓名和号码', roles: WORKING },
  'offline.read': {
    zh: '线下申请',
    roles: SEEING,
    page: { group: '退款与对账', path: '/console/offline' },
  },
  'offline.unmask': { zh: '看线下申请完整的信息和材料', roles: WORKING },
  'offline.review': { zh: '审核线下申请', roles: WORKING },
  'offline.payout': { zh: '登记线下付款', roles: ['finance'] },
  'campaigns.read': {
    zh: '余额通知',
    roles: SEEING,
    page: { group: '退款与对账', path: '/console/campaigns' },
  },
  'campaigns.work': { zh: '建立和发送余额通知', roles: WORKING },
  'campaigns.export': { zh: '导出通知不到的人', roles: WORKING },
  'notices.read': { zh: '消息', roles: SEEING, page: { group: '消息', path: '/console/notices' } },
  'calls.read': {
    zh: '接口调用',
    roles: ['system', 'operator'],
    page: { group: '系统', path: '/console/calls' },
  },
  'calls.requery': { zh: '把查询类的接口调用重新查一次', roles: ['system', 'operator'] },
  'calls.export': { zh: '导出接口调用', roles: ['system', 'operator'] },
  'callbacks.read': {
    zh: '平台回调',
    roles: ['system', 'operator'],
    page: { group: '系统', path: '/console/callbacks' },
  },
  'jobs.read': {
    zh: '后台任务',
    roles: ['system', 'operator'],
    page: { group: '系统', path: '/console/jobs' },
  },
  'jobs.work': { zh: '重做失败的任务', roles: ['system', 'operator'] },
  'accounts.read': {
    zh: '用户与角色',
    roles: ['system', 'security', 'audit'],
    page: { group: '系统', path: '/console/accounts' },
  },
  'accounts.create': { zh: '开账号', roles: ['system'] },
  'accounts.control': { zh: '批准、停用、解锁账号，重置口令和第二因素', roles: ['security'] },
  'settings.read': {
    zh: '设置',
    roles: ['system', 'security', 'operator', 'hospital'],
    page: { group: '系统', path: '/console/settings' },
  },
  'settings.test': { zh: '测试和各平台的连接', roles: ['system', 'operator'] },
  'settings.work': { zh: '检查要换上的密钥', roles: ['system'] },
  'settings.keys': { zh: '换密钥', roles: ['system'] },
  'audit.read': { zh: '审计', roles: ['audit'], page: { group: '系统', path: '/console/audit' } },
  'audit.export': { zh: '导出审计', roles: ['audit'] },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof PERMISSIONS

const RULES: Readonly<Record<Permission, Rule>> = PERMISSIONS
const ALL = Object.entries(RULES) as readonly [Permission, Rule][]

export function may(role: Role, permission: Permission): boolean {
  return RULES[permission].roles.includes(role)
}

export function permissionsOf(role: Role): readonly Permission[] {
  return ALL.filter(([, { roles }]) => roles.includes(role)).map(([permission]) => permission)
}

export interface MenuItem {
  readonly path: string
  readonly name: string
}
export interface MenuGroup {
  readonly group: string
  readonly items: readonly MenuItem[]
}

/** In the order of the table. */
export function menuOf(role: Role): readonly MenuGroup[] {
  const groups = new Map<string, MenuItem[]>()
  for (const [, { zh, roles, page }] of ALL) {
    if (!page || !roles.includes(role)) continue
    const items = groups.get(page.group) ?? []
    groups.set(page.group, items)
    items.push({ path: page.path, name: zh })
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}
