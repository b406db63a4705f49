import { NOW_MS } from './world.ts'

const OPERATIONS = [
  ['health-card', 'registerHealthCardPreAuth'],
  ['health-card', 'reportHISData'],
  ['wechat-pay', 'transfer-bills'],
  ['wechat-pay', 'query-transfer'],
  ['his', 'holdBalance'],
  ['weixin', 'jscode2session'],
] as const
const OUTCOMES = ['yes', 'yes', 'yes', 'no', 'yes', 'unknown'] as const
const CODES = ['0', 'SUCCESS', 'SUCCESS', 'NOT_ENOUGH', 'ok', ''] as const

export function fakeCall(index: number) {
  const [platform, operation] = OPERATIONS[index % OPERATIONS.length] ?? OPERATIONS[0]
  const kind = (index * 7) % OUTCOMES.length
  return {
    id: `${1_000 + index}`,
    startedAtMs: NOW_MS - index * 47_000,
    durationMs: 38 + ((index * 97) % 2_400),
    ...{ platform, operation },
    requestId: hex(index, 32).toUpperCase(),
    traceId: fakeTrace(Math.floor(index / 3)),
    outcome: OUTCOMES[kind] ?? 'yes',
    code: CODES[kind] ?? '',
  }
}

export function fakeCallDetail(index: number) {
  const call = fakeCall(index)
  return {
    ...{ ...call, canRequery: call.operation === 'query-transfer' },
    request: {
      commonIn: { appToken: '***', requestId: call.requestId, hospitalId: '3070*' },
      req: {
        name: '陈*',
        idNumber: '4401**********1234',
        amountFen: 38_650,
        isFirst: true,
        wechatCode: null,
      },
    },
    reply:
      call.outcome === 'unknown'
        ? null
        : { commonOut: { resultCode: 0, errMsg: '' }, rsp: { qrCodeText: '已遮住', healthCardId: '***' } },
  }
}

const ACTIONS = [
  ['operators.signed-in', '登录'],
  ['refunds.receive', '患者确认收款'],
  ['operators.approve', '批准账号'],
  ['verification.refused', '验证没有通过'],
  ['records.viewed', '查看报告'],
] as const

export function fakeEntry(index: number) {
  const [action, actionName] = ACTIONS[index % ACTIONS.length] ?? ACTIONS[0]
  return {
    id: 48_210 - index,
    atMs: NOW_MS - index * 133_000,
    actor:
      index % 5 === 4 ? `user:usr_${hex(index, 12)}` : index % 7 === 3 ? 'system:payments' : 'operator:chen',
    action,
    actionName,
    subject: index % 2 === 0 ? `case_${hex(index + 5, 32)}` : 'sun-q',
    traceId: fakeTrace(index),
    detail: index % 3 === 0 ? {} : { role: 'finance', state: 'active', tries: index },
  }
}

export function fakeTrace(index: number): string {
  const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  const text = Array.from({ length: 8 }, (_, at) => letters[(index * 11 + at * 7) % letters.length]).join('')
  return `ZY-${text.slice(0, 4)}-${text.slice(4)}`
}

function hex(index: number, length: number): string {
  return Array.from({ length }, (_, at) => ((index * 13 + at * at * 7 + 5) % 16).toString(16)).join('')
}

export function fakeHome() {
  return {
    numbers: [
      {
        key: 'refunds',
        name: '今日退款',
        value: '18,342.60',
        unit: '元',
        tone: 'plain',
        path: '/console/refunds',
      },
      { key: 'confirm', name: '待患者确认', value: '27', unit: '笔', tone: 'plain' },
      {
        key: 'one-sided',
        name: '单边订单（可重发）',
        value: '4',
        unit: '笔',
        tone: 'bad',
        path: '/console/refunds',
      },
      { key: 'overdue', name: '超时未决（不可重发）', value: '2', unit: '笔', tone: 'warn' },
      {
        key: 'usage',
        name: '今日用卡上报',
        value: '3,907',
        unit: '次',
        tone: 'plain',
        path: '/console/usage',
      },
      { key: 'waiting', name: '没有上报', value: '0', unit: '次', tone: 'ok' },
    ],
    todo: [
      {
        tone: 'bad',
        text: '单边订单：查询确认没有付出，可以生成新订单号退款',
        path: '/console/refunds',
        count: 4,
      },
      {
        tone: 'warn',
        text: '超时未决：超过 24 小时没有结果，等查询确定',
        path: '/console/refunds',
        count: 2,
      },
      { tone: 'warn', text: '有科室代码没有对上，今天的用卡数据不完整', path: '/console/usage', count: 3 },
      { tone: 'info', text: '账号等安全管理员批准', path: '/console/accounts', count: 1 },
    ],
    days: Array.from({ length: 14 }, (_, index) => ({
      day: new Date(NOW_MS - (13 - index) * 86_400_000).toISOString().slice(0, 10),
      refundsFen: 900_000 + ((index * 377_411) % 1_500_000),
      refunds: 20 + ((index * 13) % 40),
      usage: 2_600 + ((index * 911) % 1_900),
    })),
  }
}

export function fakePages() {
  const pages = new Map<string, { path: string; tone: string; count: number }>()
  for (const { path, tone, count } of fakeHome().todo) {
    const known = pages.get(path)
    pages.set(path, known ? { ...known, count: known.count + count } : { path, tone, count })
  }
  return [...pages.values()]
}
