import { DAY_MS, shanghaiDay, startOfShanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { errorBodySchema } from '../../platform/http/error-body.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { countByDay } from '../completeness/count-by-day.ts'
import { countByDepartment } from '../completeness/count-by-department.ts'
import { countWaiting } from '../completeness/count-waiting.ts'
import { readCompleteness } from '../completeness/day-completeness.ts'
import { daysBetween } from '../completeness/days-between.ts'
import { deliveryState } from '../completeness/find-problems.ts'
import { openAlarms } from '../completeness/list-alarms.ts'
import { reportCsv } from '../completeness/report-csv.ts'
import { sceneState } from '../completeness/scene-state.ts'
import type { UsageHospital } from '../room.ts'
import { ACT_NAMES, NAMED_SCENES, sceneName } from '../scene-names.ts'
import { CUTOFF_MS } from '../schedule.ts'
import type { UsageConsole } from './console-room.ts'
import { alarmsSchema, completenessSchema, daySchema, nowSchema, trendSchema } from './console-schemas.ts'

const tags = ['运营后台：用卡数据']
const ROOT = '/api/v1/console/usage'
const whose = { hospital: z.string().max(40).optional().describe('不写就是第一家医院') }
const of = z.object(whose)
const ofDay = z.object({ ...whose, day: daySchema.optional().describe('不写就是今天') })
const TREND_DAYS = 14

/** How a day stands: nothing here changes anything. */
export function registerUsageReading(http: Http, room: UsageConsole): void {
  http.get(
    `${ROOT}/completeness`,
    {
      schema: {
        summary: '一天的完整性，按环节和科室',
        tags,
        querystring: ofDay,
        response: answers(completenessSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const nowMs = room.clock.nowMs()
      const { hospital, day = shanghaiDay(nowMs) } = request.query
      const wanted = wantedHospital(room, who, hospital)
      const { scenes, departments } = await room.database.inTransaction(wanted.id, async (tx) => ({
        ...(await readCompleteness(tx, room.successes, wanted, day, nowMs)),
        departments: await countByDepartment(tx, day),
      }))
      return {
        day,
        scenes: scenes.map((one) => ({
          ...{ ...one, name: sceneName(one.scene), state: sceneState(one) },
          acts: one.acts.map(({ act, count }) => ({ act, name: ACT_NAMES[act], count })),
        })),
        departments: [...departments],
      }
    },
  )
  http.get(
    `${ROOT}/trend`,
    {
      schema: {
        summary: `到这一天为止的 ${TREND_DAYS} 天，每天的数量`,
        tags,
        querystring: ofDay,
        response: answers(trendSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const { id } = wantedHospital(room, room.operators.of(request), request.query.hospital)
      const { day = shanghaiDay(room.clock.nowMs()) } = request.query
      const first = new Date(Date.parse(`${day}T00:00:00Z`) - (TREND_DAYS - 1) * DAY_MS)
      const days = daysBetween(first.toISOString().slice(0, 10), day)
      return { days: [...(await room.database.read(id, (tx) => countByDay(tx, days)))] }
    },
  )
  http.get(
    `${ROOT}/now`,
    {
      schema: {
        summary: '今天还要上报的、截止时间、上报的方式',
        tags,
        querystring: of,
        response: answers(nowSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    (request) => {
      const who = room.operators.of(request)
      return readNow(room, wantedHospital(room, who, request.query.hospital))
    },
  )
  http.get(
    `${ROOT}/report`,
    {
      schema: {
        ...{ summary: '几天的完整性报告（CSV）', tags, produces: ['text/csv'] },
        querystring: z.object({ ...whose, from: daySchema, to: daySchema }),
        response: { 200: z.string(), '4xx': errorBodySchema, '5xx': errorBodySchema },
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request, reply) => {
      const who = room.operators.of(request)
      const { hospital, from, to } = request.query
      const wanted = wantedHospital(room, who, hospital)
      const text = await reportCsv(room, wanted, daysBetween(from, to))
      reply.header('content-disposition', `attachment; filename="usage-${wanted.id}-${from}-${to}.csv"`)
      return reply.type('text/csv; charset=utf-8').send(text)
    },
  )
  http.get(
    `${ROOT}/alarms`,
    {
      schema: {
        summary: '没有处理的报警，和上报的状态',
        tags,
        querystring: of,
        response: answers(alarmsSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      return room.database.inTransaction(
        wantedHospital(room, who, request.query.hospital).id,
        async (tx) => ({
          alarms: [...(await openAlarms(tx))],
          delivery: await deliveryState(tx),
        }),
      )
    },
  )
}

async function readNow({ database, clock }: UsageConsole, { id, usage }: UsageHospital) {
  const nowMs = clock.nowMs()
  const day = shanghaiDay(nowMs)
  const { count, nextAtMs } = await database.read(id, (tx) => countWaiting(tx, day))
  const { enabled, mode, runs, ratePerSecond, inFlight, repeatUnknown } = usage
  return {
    ...{ nowMs, day, deadlineMs: startOfShanghaiDay(nowMs) + CUTOFF_MS, waiting: count, nextAtMs },
    ...{ enabled, mode, runs: [...runs], ratePerSecond, inFlight, repeatUnknown },
    scenes: NAMED_SCENES.map((scene) => ({ scene, name: sceneName(scene) })),
  }
}
