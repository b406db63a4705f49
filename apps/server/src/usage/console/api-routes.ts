import { z } from 'zod'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { seeAlarm } from '../completeness/list-alarms.ts'
import { readPlatformCounts, storePlatformCounts } from '../completeness/platform-counts.ts'
import { readCodes } from '../departments/import-codes.ts'
import { listDepartments } from '../departments/list-departments.ts'
import { mapDepartments } from '../departments/map-departments.ts'
import { DEPARTMENT_CODE } from '../departments/set-codes.ts'
import { acceptParked } from '../parked/accept-parked.ts'
import { listParked } from '../parked/list-parked.ts'
import { mayCountTwice, REASON_TEXTS } from '../parked/park-reasons.ts'
import { releaseParked } from '../parked/release-parked.ts'
import { sceneName } from '../scene-names.ts'
import type { UsageConsole } from './console-room.ts'
import {
  choiceSchema,
  daySchema,
  departmentsSchema,
  doneSchema,
  mappedSchema,
  parkedSchema,
  sceneSchema,
} from './console-schemas.ts'
import { registerUsageReading } from './reading-routes.ts'

const tags = ['运营后台：用卡数据']
const ROOT = '/api/v1/console/usage'
// A whole table of departments or of counts.
const TABLE_BYTES = 1024 * 1024
const of = z.object({ hospital: z.string().max(40).optional().describe('不写就是第一家医院') })
const whose = of.shape
const csv = z.string().min(1).max(TABLE_BYTES)

/** The operators' interface; whoever works is known from the cookie of the sign-in. */
export function registerUsageApi(http: Http, room: UsageConsole): void {
  registerUsageReading(http, room)
  registerAlarms(http, room)
  registerDepartments(http, room)
  registerParked(http, room)
  registerCounts(http, room)
}

function registerAlarms(http: Http, room: UsageConsole): void {
  http.post(
    `${ROOT}/alarms/seen`,
    {
      schema: {
        ...{ summary: '报警已经处理', tags, response: answers(doneSchema) },
        body: z.object({ ...whose, day: daySchema, time: z.string().max(5) }),
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const seen = await seeAlarm(room, wantedHospital(room, who, request.body.hospital), id, request.body)
      return { count: seen ? 1 : 0 }
    },
  )
}

function registerDepartments(http: Http, room: UsageConsole): void {
  http.get(
    `${ROOT}/departments`,
    {
      schema: {
        summary: '科室对应表，没有代码的在前',
        tags,
        querystring: of,
        response: answers(departmentsSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = wantedHospital(room, who, request.query.hospital)
      return { departments: [...(await room.database.inTransaction(id, listDepartments))] }
    },
  )
  http.put(
    `${ROOT}/departments`,
    {
      schema: {
        ...{ summary: '一个科室的平台代码；等它的事件随即上报', tags, response: answers(mappedSchema) },
        body: z.object({
          ...whose,
          departmentId: z.string().min(1).max(64),
          code: z.string().regex(DEPARTMENT_CODE, '平台的科室代码，如 0300').nullable(),
        }),
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      return mapDepartments(room, wantedHospital(room, who, request.body.hospital), id, [request.body])
    },
  )
  http.post(
    `${ROOT}/departments/import`,
    {
      bodyLimit: TABLE_BYTES,
      schema: {
        ...{ summary: '导入科室对应（CSV：科室编号,平台代码），有一行不对就都不导入', tags },
        ...{ body: z.object({ ...whose, csv }), response: answers(mappedSchema) },
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, csv: table } = request.body
      return mapDepartments(room, wantedHospital(room, who, hospital), id, readCodes(table))
    },
  )
}

function registerParked(http: Http, room: UsageConsole): void {
  http.get(
    `${ROOT}/parked`,
    {
      schema: {
        ...{ summary: '停下等人判断的事件，按日期、环节、原因和平台代码分组', tags },
        querystring: z.object({ ...whose, day: daySchema.optional() }),
        response: answers(parkedSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { hospital, day } = request.query
      const { id } = wantedHospital(room, who, hospital)
      const groups = await room.database.read(id, (tx) => listParked(tx, day))
      return {
        groups: groups.map((group) => ({
          ...{ ...group, sceneName: sceneName(group.scene), todo: REASON_TEXTS[group.reason].todo },
          mayCountTwice: mayCountTwice(group.reason),
        })),
      }
    },
  )
  http.post(
    `${ROOT}/parked/release`,
    {
      schema: {
        ...{ summary: '重新上报一组', tags, response: answers(doneSchema) },
        body: choiceSchema.extend({
          ...whose,
          mayCountTwice: z
            .boolean()
            .default(false)
            .describe('结果不明的重新上报可能被平台算两次：操作员已经知道'),
        }),
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, mayCountTwice: acceptsTwice, ...choice } = request.body
      return {
        count: await releaseParked(room, wantedHospital(room, who, hospital), id, choice, acceptsTwice),
      }
    },
  )
  http.post(
    `${ROOT}/parked/accept`,
    {
      schema: {
        ...{ summary: '一组已在平台控制台核对，平台已经计入', tags, response: answers(doneSchema) },
        body: choiceSchema.extend(whose),
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, ...choice } = request.body
      return { count: await acceptParked(room, wantedHospital(room, who, hospital), id, choice) }
    },
  )
}

function registerCounts(http: Http, room: UsageConsole): void {
  http.put(
    `${ROOT}/platform-counts`,
    {
      schema: {
        ...{ summary: '平台控制台上的数量', tags, response: answers(doneSchema) },
        body: z.object({
          ...whose,
          counts: z
            .array(
              z.object({
                day: daySchema,
                scene: sceneSchema,
                count: z.number().int().min(0).max(100_000_000),
              }),
            )
            .min(1)
            .max(1_000),
        }),
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, counts } = request.body
      return { count: await storePlatformCounts(room, wantedHospital(room, who, hospital), id, counts) }
    },
  )
  http.post(
    `${ROOT}/platform-counts/import`,
    {
      bodyLimit: TABLE_BYTES,
      schema: {
        ...{ summary: '导入平台控制台上的数量（CSV：日期,环节,数量）', tags, response: answers(doneSchema) },
        body: z.object({ ...whose, csv }),
      },
      onRequest: [room.operators.guard('usage.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, csv: table } = request.body
      const counts = readPlatformCounts(table)
      return { count: await storePlatformCounts(room, wantedHospital(room, who, hospital), id, counts) }
    },
  )
}
