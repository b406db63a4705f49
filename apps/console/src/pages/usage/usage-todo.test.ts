import { expect, test } from 'vitest'
import type { ParkedGroup, Scene, UsageNow } from './usage-api.ts'
import { type UsageFacts, usageTodo } from './usage-todo.ts'

const NOW_MS = Date.parse('2026-11-28T15:20:00+08:00')
const SCENE: Scene = {
  ...{ scene: '0101082', name: '检验报告', state: 'whole', acts: [], successes: 308, stored: 308, own: 308 },
  ...{ merged: 0, noCard: 0, delivered: 308, byHand: 0, late: 0, afterCutoff: 0, maybeTwice: 0, pending: 0 },
  ...{ stuck: 0, parked: 0, gap: 0, platform: 308, difference: 0 },
}
const NOW: UsageNow = {
  ...{ nowMs: NOW_MS, day: '2026-11-28', deadlineMs: NOW_MS, waiting: 0, nextAtMs: null, enabled: true },
  ...{ mode: 'real-time', runs: [], ratePerSecond: 50, inFlight: 32, repeatUnknown: false, scenes: [] },
}
const QUIET = { pausedUntilMs: null, lastYesAtMs: null, lastProblem: null, lastProblemAtMs: null }
const FACTS: UsageFacts = {
  ...{ alarms: { alarms: [], delivery: QUIET }, now: NOW, parked: [] },
  day: { day: '2026-11-28', scenes: [SCENE], departments: [] },
}
const group = (reason: string, count: number): ParkedGroup => ({
  ...{ day: '2026-11-27', scene: '0101011', sceneName: '预约挂号', reason, code: null, todo: '' },
  ...{ mayCountTwice: false, count, firstAtMs: NOW_MS, lastAtMs: NOW_MS },
})

test('a day in order needs nobody', () => {
  expect(usageTodo(FACTS)).toEqual([])
})

test('alarms come first, then what stops everything, what is missing, what waits and what differs', () => {
  const alarm = { day: '2026-11-28', time: '21:00', pending: 5, parked: 0, unmapped: 16, missing: 1 }
  const paused = { ...QUIET, pausedUntilMs: NOW_MS + 30_000, lastProblem: 'unknown timeout' }
  const todo = usageTodo({
    ...FACTS,
    alarms: { alarms: [alarm], delivery: paused },
    parked: [group('refused', 2), group('department-unmapped', 12), group('department-unmapped', 4)],
    day: {
      ...FACTS.day,
      scenes: [
        {
          ...SCENE,
          gap: 1,
          stuck: 5,
          pending: 5,
          difference: -5,
          acts: [{ act: 'a', name: '查询检验报告', count: 308 }],
        },
        { ...SCENE, scene: '0101011', name: '预约挂号', platform: 310, difference: 2 },
      ],
    },
  })
  expect(todo.map(({ word, text }) => `${word} ${text}`)).toEqual([
    '报警 2026-11-28 21:00：缺口 1，没有报完 5，等科室对应 16',
    '上报暂停 平台连续没有正常答复，暂停到 15:20:30。最近一次：unknown timeout',
    '缺口 检验报告 0101082：HIS 成功了 查询检验报告 308，少入库 1 条',
    '待判断 2 个事件停下等人判断',
    '待对应 16 个事件在等科室的平台代码',
    '上报受阻 2026-11-28 有 5 个事件试过没有成功，或到时间还没有报',
    // What is still on its way to the platform is no difference yet.
    '与平台不符 预约挂号 0101011：平台 310，我们已上报 308',
  ])
})
