import { NOW_MS } from './world.ts'

const HOUR = 3_600_000

export function fakeWay() {
  const lines = [
    { field: '事项', text: '您有预交金余额' },
    { field: '就诊人', text: '李*华' },
    { field: '就诊卡号', text: '****0931' },
    { field: '门诊余额', text: '128.50元' },
    { field: '备注', text: '点此进入“预交金退款”申请退款' },
  ]
  return {
    samples: [
      { channel: 'assistant', lines },
      { channel: 'subscribe', lines: lines.slice(0, 4) },
    ],
    ...{ from: '08:00', to: '21:00', perMinute: 60 },
  }
}

export function fakePreview() {
  return {
    ...{ targets: 33_191, fen: 1_273_987_420, reachable: 18_402, withPhone: 11_204, withoutPhone: 3_585 },
    ...{ toldBefore: 21_904, isCut: false, way: fakeWay() },
  }
}

const ROWS = [
  ['2026 年第四季度余额清理', 'running', true],
  ['五年以上大额', 'draft', false],
  ['三年以上，分批第二批', 'paused', true],
  ['2026 年第三季度余额清理', 'done', true],
] as const

export function fakeCampaign(index: number) {
  const [name, state, done] = ROWS[index] ?? ROWS[0]
  const targets = done ? 18_402 - index * 2_011 : 0
  const waiting = state === 'done' ? 0 : Math.round(targets * 0.4)
  const unreachable = Math.round(targets * 0.12)
  const unknown = Math.round(targets * 0.01)
  return {
    ...{ id: `camp_${index}`, name, state, createdBy: 'wang-03', createdAtMs: NOW_MS - index * 90 * HOUR },
    problem: state === 'paused' ? '公众号模板消息：模板编号不对（40037）' : null,
    startedAtMs: state === 'draft' ? null : NOW_MS - index * 90 * HOUR + HOUR,
    doneAtMs: state === 'done' ? NOW_MS - 200 * HOUR : null,
    of: { minFen: 100 + index * 9_900, sinceBefore: index === 0 ? null : '2023-11-28', again: index === 2 },
    gathering: { done, lookedAt: done ? 33_191 : 12_000, gathered: done ? targets : 6_204 },
    ...{ targets, waiting, underWay: state === 'running' ? 60 : 0, unknown, unreachable },
    ...{ accepted: Math.max(0, targets - waiting - unreachable - unknown - 60) },
    delivered: 0,
  }
}

export function fakeCampaigns() {
  return { campaigns: ROWS.map((_, index) => fakeCampaign(index)), next: null }
}
