import { type Answer, ok, refusal } from './answer.ts'
import { NOW_MS, type World } from './world.ts'

const DAY = '2026-11-28'
const MINUTE_MS = 60_000
const NAMES: readonly (readonly [string, string])[] = [
  ['0101011', '预约挂号'],
  ['0101012', '当日挂号'],
  ['0101013', '挂号记录查询'],
  ['0101051', '门诊缴费'],
  ['0101052', '门诊缴费记录'],
  ['0101081', '检查报告'],
  ['0101082', '检验报告'],
  ['0101083', '体检报告'],
  ['0101021', '排队候诊'],
]

const COUNTS: Readonly<Record<string, object>> = {
  '0101011': {
    ...{ state: 'parked', successes: 140, stored: 143, own: 140, delivered: 131, parked: 12, maybeTwice: 3 },
    ...{ platform: 132, difference: 1, acts: [act('预约挂号成功', 140)] },
  },
  '0101012': {
    state: 'parked',
    successes: 68,
    stored: 68,
    own: 68,
    delivered: 64,
    parked: 4,
    platform: 64,
    difference: 0,
  },
  '0101013': {
    state: 'whole',
    successes: 1_253,
    stored: 1_253,
    own: 1_253,
    merged: 141,
    delivered: 1_112,
    late: 2,
  },
  '0101051': { state: 'parked', successes: 98, stored: 98, own: 98, delivered: 96, byHand: 1, parked: 2 },
  '0101052': { state: 'whole', successes: 58, stored: 58, own: 58, delivered: 51, noCard: 7 },
  '0101081': { state: 'parked', successes: 1, stored: 1, own: 1, parked: 1 },
  '0101082': {
    ...{
      state: 'gap',
      successes: 1_308,
      stored: 1_307,
      own: 1_307,
      delivered: 1_302,
      pending: 5,
      stuck: 5,
      gap: 1,
    },
    acts: [act('查询检验报告', 1_308)],
  },
  '0101083': { state: 'none', successes: 0 },
  '0101021': { state: 'whole', successes: null, gap: null, stored: 612, delivered: 612, afterCutoff: 0 },
}

function act(name: string, count: number) {
  return { act: name, name, count }
}

function scenes() {
  return NAMES.map(([scene, name]) => ({
    ...{ scene, name, acts: [], stored: 0, own: 0, merged: 0, noCard: 0, delivered: 0, byHand: 0, late: 0 },
    ...{
      afterCutoff: 0,
      maybeTwice: 0,
      pending: 0,
      stuck: 0,
      parked: 0,
      gap: 0,
      platform: null,
      difference: null,
    },
    ...COUNTS[scene],
  }))
}

const DEPARTMENTS: readonly (readonly [string, string, string | null, number])[] = [
  ['0301', '心血管内科', null, 12],
  ['0405', '骨科二病区门诊', null, 4],
  ['0101', '消化内科', '0300', 0],
  ['0700', '儿科', '0700', 0],
  ['0512', '产科', '0502', 0],
]

const GROUPS = [
  [
    '0101051',
    '门诊缴费',
    'outcome-unknown',
    'timeout',
    2,
    '上报之后没有得到答复，平台可能已经计入。先和平台控制台的数量核对：已计入的点确认，没有计入的重新上报。',
  ],
  [
    '0101081',
    '检查报告',
    'refused',
    '-10044',
    1,
    '按平台代码找到原因（常见：科室或环节代码不认识、卡已失效），改好之后重新上报；平台已有的，确认计入。',
  ],
  [
    '0101011',
    '预约挂号',
    'department-unmapped',
    null,
    12,
    '在「科室对应」里填上平台的科室代码，这些事件会自动上报。',
  ],
  [
    '0101012',
    '当日挂号',
    'department-unmapped',
    null,
    4,
    '在「科室对应」里填上平台的科室代码，这些事件会自动上报。',
  ],
] as const

function groups() {
  return GROUPS.map(([scene, sceneName, reason, code, count, todo]) => ({
    ...{ day: DAY, scene, sceneName, reason, code, count, todo, mayCountTwice: reason === 'outcome-unknown' },
    ...{ firstAtMs: NOW_MS - 200 * MINUTE_MS, lastAtMs: NOW_MS - 31 * MINUTE_MS },
  }))
}

const STATES = [
  'delivered',
  'delivered',
  'parked',
  'delivered',
  'pending',
  'merged',
  'delivered',
  'no-card',
] as const
const ALL = 70
const PAGE = 20

function fakeEvent(index: number) {
  const state = STATES[index % STATES.length] ?? 'delivered'
  const [scene, sceneName] = NAMES[index % NAMES.length] ?? ['', '']
  const isSent = state === 'delivered' || state === 'pending'
  const isBooking = scene === '0101011' || scene === '0101012'
  return {
    ...{
      number: `20261128-${9_400 - index}`,
      scene,
      sceneName,
      sourceName: scene === '0101021' ? '自助机' : '掌医',
    },
    ...{ occurredAtMs: NOW_MS - index * 71_000, afterCutoff: false, late: index === 9, state },
    ...{ departmentId: isBooking ? '0301' : null, departmentName: isBooking ? '心血管内科' : null },
    reason: state === 'parked' ? (isBooking ? 'department-unmapped' : 'outcome-unknown') : null,
    code: state === 'parked' ? 'timeout' : state === 'pending' ? '-10044' : isSent ? '0' : null,
    ...{
      attempts: isSent ? 1 + (index % 2) : 0,
      nextActionAtMs: state === 'pending' ? NOW_MS + 90_000 : null,
    },
    requestId: isSent ? `5F0C${(index * 7_919 + 4_096).toString(16).toUpperCase().padStart(28, 'A')}` : null,
  }
}

function fakeEventDetail(number: string) {
  const event = fakeEvent(9_400 - Number(number.split('-')[1]))
  const isSent = event.attempts > 0 || event.state === 'parked'
  return {
    ...{ ...event, unknowns: event.state === 'parked' ? 1 : 0, refusals: event.state === 'pending' ? 2 : 0 },
    ...{ deadlineMs: Date.parse(`${DAY}T23:00:00+08:00`), firstRefusedAtMs: null },
    ...{ sentAtMs: isSent ? event.occurredAtMs + 900 : null, tookMs: event.state === 'parked' ? null : 84 },
    todo: event.state === 'parked' ? GROUPS[0][5] : null,
    told: { department: event.departmentId && '0300', campus: 'E01', cardChannel: '0402', costTypes: null },
  }
}

function events(url: URL) {
  const wanted = url.searchParams
  const all = Array.from({ length: ALL }, (_, index) => fakeEvent(index)).filter(
    (one) =>
      [null, '', one.state].includes(wanted.get('state')) &&
      [null, '', one.scene].includes(wanted.get('scene')) &&
      [null, '', one.number, one.requestId].includes(wanted.get('number')),
  )
  const start = all.findIndex(({ number }) => number === wanted.get('before')) + 1
  const rows = all.slice(start, start + PAGE)
  return { events: rows, ...(start + PAGE < all.length && { next: rows.at(-1)?.number }) }
}

/** What the gateway says of 用卡数据; undefined: it was not asked for that. */
export function usageAnswer(
  world: World,
  asked: string,
  url: URL,
  body: Record<string, unknown>,
): Answer | undefined {
  const event = /^GET \/usage\/events\/([\d-]+)$/.exec(asked)
  if (event) return ok(fakeEventDetail(event[1] ?? ''))
  switch (asked) {
    case 'GET /usage/completeness':
      return ok({
        day: url.searchParams.get('day') ?? DAY,
        scenes: scenes(),
        departments: DEPARTMENTS.map(([departmentId, name, code, parked], index) => ({
          ...{
            departmentId,
            name,
            code,
            parked,
            stored: 60 - index * 9,
            delivered: 60 - index * 9 - parked,
            pending: 0,
          },
        })),
      })
    case 'GET /usage/trend':
      return ok({
        days: Array.from({ length: 14 }, (_, index) => {
          const stored = 2_900 + ((index * 911) % 1_700)
          const waiting = index === 13 ? 24 : index === 6 ? 310 : 0
          return {
            day: new Date(NOW_MS - (13 - index) * 86_400_000).toISOString().slice(0, 10),
            ...{ stored, waiting, delivered: stored - waiting - 150 - index * 7 },
          }
        }),
      })
    case 'GET /usage/now':
      return ok({
        ...{ nowMs: NOW_MS, day: DAY, deadlineMs: Date.parse(`${DAY}T23:00:00+08:00`), waiting: 5 },
        ...{ nextAtMs: NOW_MS + 90_000, enabled: true, mode: 'real-time', runs: [], ratePerSecond: 50 },
        ...{ inFlight: 32, repeatUnknown: false, scenes: NAMES.map(([scene, name]) => ({ scene, name })) },
      })
    case 'GET /usage/alarms':
      return ok({
        alarms: world.isAlarmSeen
          ? []
          : [
              {
                day: '2026-11-27',
                time: '22:30',
                raisedAtMs: NOW_MS,
                pending: 5,
                parked: 3,
                unmapped: 16,
                missing: 1,
              },
            ],
        delivery: {
          ...{ pausedUntilMs: null, lastYesAtMs: NOW_MS - 30_000, lastProblem: 'unknown timeout' },
          lastProblemAtMs: NOW_MS - 60 * MINUTE_MS,
        },
      })
    case 'GET /usage/parked':
      return ok({ groups: groups() })
    case 'GET /usage/departments':
      return ok({
        departments: DEPARTMENTS.map(([departmentId, name, code, waiting], index) => ({
          ...{ departmentId, name, code, waiting, seenAtMs: NOW_MS - (index + 1) * 90 * MINUTE_MS },
        })),
      })
    case 'GET /usage/events':
      return ok(events(url))
    case 'POST /usage/alarms/seen':
      world.isAlarmSeen = true
      return ok({ count: 1 })
    case 'POST /usage/parked/release':
    case 'POST /usage/parked/accept':
      return ok({ count: 2 })
    case 'PUT /usage/platform-counts':
      return ok({ count: (body['counts'] as readonly object[]).length })
    case 'PUT /usage/departments':
      return ok({ changed: 1, released: 12 })
    case 'POST /usage/departments/import':
      return refusal(400, 'bad-input', '有信息需要修改，请看标出的项目。', [
        { field: '第 1 行', message: '第二列是平台的科室代码，如 0300' },
      ])
    case 'POST /usage/platform-counts/import':
      return ok({ count: 3 })
    default:
      return undefined
  }
}
