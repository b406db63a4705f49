import type { World } from './world.ts'

const PERMISSIONS = {
  security: [
    'home.read',
    'accounts.read',
    'accounts.create',
    'accounts.control',
    'audit.read',
    'audit.export',
    'calls.read',
    'calls.export',
    'settings.read',
    'settings.test',
    'settings.work',
    'settings.keys',
  ],
  finance: [
    ...[
      'home.read',
      'refunds.read',
      'counter.read',
      'refunds.repair',
      'refunds.bill',
      'refunds.window',
      'refunds.funds',
    ],
    ...['refunds.stop', 'refunds.alarms', 'refunds.export', 'ledger.read', 'ledger.work', 'ledger.export'],
    'ledger.unmask',
    ...['offline.read', 'offline.unmask', 'offline.review', 'offline.payout'],
    ...['campaigns.read', 'campaigns.work', 'campaigns.export'],
  ],
  operator: [
    ...['home.read', 'usage.read', 'usage.work', 'refunds.read', 'calls.read', 'calls.export'],
    ...['visits.read', 'visits.work', 'visits.export', 'usage.export', 'enrolments.export'],
    ...['enrolments.read', 'enrolments.work', 'patients.read', 'patients.unmask'],
    ...['verifications.read', 'grants.void', 'notices.read', 'calls.requery', 'callbacks.read'],
    ...['jobs.read', 'jobs.work'],
  ],
  hospital: [
    ...['home.read', 'usage.read', 'visits.read', 'refunds.read', 'enrolments.read', 'patients.read'],
    ...['verifications.read', 'notices.read'],
  ],
} as const
const MENU = [
  { group: '', path: '/console/', name: '首页', needs: 'home.read' },
  { group: '患者服务', path: '/console/enrolments', name: '建档', needs: 'enrolments.read' },
  { group: '患者服务', path: '/console/patients', name: '患者', needs: 'patients.read' },
  { group: '患者服务', path: '/console/verifications', name: '核验与授权', needs: 'verifications.read' },
  { group: '就诊服务', path: '/console/visits', name: '挂号与缴费', needs: 'visits.read' },
  { group: '消息', path: '/console/notices', name: '消息', needs: 'notices.read' },
  { group: '用卡数据', path: '/console/usage', name: '上报与完整性', needs: 'usage.read' },
  { group: '退款与对账', path: '/console/refunds', name: '退款', needs: 'refunds.read' },
  { group: '退款与对账', path: '/console/counter', name: '窗口查询', needs: 'counter.read' },
  { group: '退款与对账', path: '/console/ledger', name: '余额台账', needs: 'ledger.read' },
  { group: '退款与对账', path: '/console/offline', name: '线下申请', needs: 'offline.read' },
  { group: '退款与对账', path: '/console/campaigns', name: '余额通知', needs: 'campaigns.read' },
  { group: '系统', path: '/console/calls', name: '接口调用', needs: 'calls.read' },
  { group: '系统', path: '/console/callbacks', name: '平台回调', needs: 'callbacks.read' },
  { group: '系统', path: '/console/jobs', name: '后台任务', needs: 'jobs.read' },
  { group: '系统', path: '/console/accounts', name: '用户与角色', needs: 'accounts.read' },
  { group: '系统', path: '/console/settings', name: '设置', needs: 'settings.read' },
  { group: '系统', path: '/console/audit', name: '审计', needs: 'audit.read' },
]

const ACCOUNTS = {
  security: { loginName: 'chen', displayName: '陈岚', role: 'security', roleName: '安全管理员' },
  operator: { loginName: 'he', displayName: '何一帆', role: 'operator', roleName: '运营' },
  finance: { loginName: 'wang-03', displayName: '王敏', role: 'finance', roleName: '财务' },
  hospital: { loginName: 'he', displayName: '何一帆', role: 'hospital', roleName: '院方管理员' },
} as const

export function fakeSession({ stage, role, hospitals, idleMinutes }: World) {
  const isReady = stage === 'ready'
  const permissions: readonly string[] = isReady ? PERMISSIONS[role] : []
  const groups = Map.groupBy(
    MENU.filter(({ needs }) => permissions.includes(needs)),
    ({ group }) => group,
  )
  return {
    stage,
    account: ACCOUNTS[role],
    hospitals: isReady ? hospitals : [],
    permissions,
    menu: [...groups].map(([group, items]) => ({
      group,
      items: items.map(({ path, name }) => ({ path, name })),
    })),
    idleMinutes,
  }
}

const ROLES = [
  ['system', '系统管理员', '开账号、看系统是否正常；看不到患者和钱'],
  ['security', '安全管理员', '批准、停用、解锁账号，重置口令和第二因素'],
  ['audit', '审计员', '看和导出审计；什么都不能改'],
  ['finance', '财务', '退款、复核、台账、运营账户'],
  ['operator', '运营', '用卡数据、退款的日常处理、通知'],
  ['hospital', '院方管理员', '看本院的数字、退款和用卡数据'],
] as const

export function fakeRoles() {
  return {
    roles: ROLES.map(([role, name, about]) => ({ role, name, about })),
    permissions: [
      { permission: 'home.read', name: '首页', roles: ROLES.map(([role]) => role) },
      { permission: 'usage.read', name: '上报与完整性', roles: ['finance', 'operator', 'hospital'] },
      { permission: 'refunds.repair', name: '处理单边订单和退款异常、复核', roles: ['finance', 'operator'] },
      { permission: 'calls.read', name: '接口调用', roles: ['system', 'operator'] },
      { permission: 'accounts.create', name: '开账号', roles: ['system'] },
      {
        permission: 'accounts.control',
        name: '批准、停用、解锁账号，重置口令和第二因素',
        roles: ['security'],
      },
      { permission: 'audit.read', name: '审计', roles: ['audit'] },
    ],
  }
}
