import { expect, test } from 'vitest'
import { eventSteps } from './event-steps.ts'
import type { EventDetail } from './usage-api.ts'

const AT = Date.parse('2026-11-28T10:00:00+08:00')
const EVENT: EventDetail = {
  ...{ number: '20261128-7', scene: '0101011', sceneName: '预约挂号', sourceName: '掌医', occurredAtMs: AT },
  ...{ afterCutoff: false, late: false, departmentId: null, departmentName: null, state: 'delivered' },
  ...{ reason: null, code: '0', attempts: 1, nextActionAtMs: null, requestId: 'R', unknowns: 0, refusals: 0 },
  ...{ deadlineMs: AT, firstRefusedAtMs: null, sentAtMs: AT + 1_000, tookMs: 80, todo: null, told: null },
}
const texts = (changes: Partial<EventDetail>) => eventSteps({ ...EVENT, ...changes }).map(({ text }) => text)

test('from the success of the HIS to the answer of the platform', () => {
  expect(eventSteps(EVENT)).toMatchObject([
    { text: '掌医收到 HIS 的成功', atMs: AT },
    { text: '上报', atMs: AT + 1_000 },
    { text: '平台答复：已计入', atMs: AT + 1_080, note: '用时 80 毫秒', tone: 'ok' },
  ])
})

test('what is refused goes on; what nobody answered stops, and may be settled by hand', () => {
  const refused = {
    state: 'pending',
    code: '-10044',
    attempts: 3,
    refusals: 2,
    firstRefusedAtMs: AT + 500,
  } as const
  expect(texts({ ...refused, nextActionAtMs: AT + 60_000 })).toEqual([
    '掌医收到 HIS 的成功',
    '平台第一次拒绝',
    '第 3 次上报',
    '没有计入：-10044',
    '将再次上报',
  ])
  const lost = { code: 'timeout', tookMs: null, state: 'parked', reason: 'outcome-unknown' } as const
  expect(texts(lost)).toEqual(['掌医收到 HIS 的成功', '上报', '没有得到答复', '停下：结果不明'])
  expect(texts({ ...lost, state: 'delivered', code: 'by-hand' }).at(-1)).toBe('没有得到答复')
})

test('what is never sent says why', () => {
  const unsent = { attempts: 0, sentAtMs: null, tookMs: null, code: null }
  expect(texts({ ...unsent, state: 'merged' }).at(-1)).toBe('和刚才同样的查询合并，不再上报')
  expect(texts({ ...unsent, state: 'no-card' }).at(-1)).toBe('就诊人没有健康卡，不上报')
  expect(texts({ ...unsent, state: 'parked', reason: 'department-unmapped' }).at(-1)).toBe(
    '停下：科室没有对应',
  )
})
