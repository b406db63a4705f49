import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import type { Tx } from '../database/tx.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import { answers, neverCached } from '../http/answers.ts'
import type { Http } from '../http/build-http.ts'
import { may, type Permission } from './access/permissions.ts'
import type { OperatorsRoom } from './session-routes.ts'
import { wantedHospital } from './wanted-hospital.ts'

export type Tone = 'bad' | 'warn' | 'info' | 'ok' | 'plain'

/** A number of today. */
export interface HomeNumber {
  readonly key: string
  readonly name: string
  /** As it is shown: money in yuan, whole numbers with their thousands apart. */
  readonly value: string
  readonly unit: '元' | '笔' | '次'
  readonly tone: Tone
  /** Where one sees more. */
  readonly path?: string
}

/** What needs a person. */
export interface HomeTodo {
  readonly tone: Tone
  readonly text: string
  readonly count: number
  readonly path?: string
}

/** One day of the charts; a room fills its own. */
export interface HomeDay {
  readonly day: string
  readonly refunds?: number
  readonly refundsFen?: number
  readonly usage?: number
}

/** What a room says on the first page, to who may see it. */
export interface HomePart {
  readonly permission: Permission
  read(
    tx: Tx,
    facts: { readonly hospital: Hospital; readonly nowMs: number; readonly days: readonly string[] },
  ): Promise<{
    readonly numbers: readonly HomeNumber[]
    readonly todo: readonly HomeTodo[]
    readonly days: readonly HomeDay[]
  }>
}

const DAYS = 14
const tone = z.enum(['bad', 'warn', 'info', 'ok', 'plain'])
const homeSchema = z.object({
  numbers: z.array(
    z.object({
      ...{ key: z.string(), name: z.string(), value: z.string(), unit: z.enum(['元', '笔', '次']), tone },
      path: z.string().optional(),
    }),
  ),
  todo: z.array(z.object({ tone, text: z.string(), count: z.number().int(), path: z.string().optional() })),
  days: z.array(
    z.object({
      ...{
        day: z.string(),
        refunds: z.number().int(),
        refundsFen: z.number().int(),
        usage: z.number().int(),
      },
    }),
  ),
})

const WORST_FIRST: readonly Tone[] = ['bad', 'warn', 'info', 'ok', 'plain']

/** 首页: what needs a person first, then the numbers, then the last two weeks. */
export function registerHome(http: Http, room: OperatorsRoom, parts: readonly HomePart[]): void {
  http.get(
    '/api/v1/console/home',
    {
      schema: {
        summary: '首页：今天的数字、要处理的事、最近两周',
        tags: ['运营后台：首页'],
        querystring: z.object({ hospital: z.string().max(40).optional() }),
        response: answers(homeSchema),
      },
      onRequest: [neverCached, room.operators.guard('home.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const own = parts.filter(({ permission }) => may(who.role, permission))
      if (own.length === 0) return { numbers: [], todo: [], days: [] }
      const hospital = wantedHospital(room, who, request.query.hospital)
      const nowMs = room.clock.nowMs()
      const days = lastDays(nowMs, DAYS)
      const said = await room.database.inTransaction(hospital.id, async (tx) => {
        const all = []
        for (const part of own) all.push(await part.read(tx, { hospital, nowMs, days }))
        return all
      })
      const byDay = new Map(days.map((day) => [day, { day, refunds: 0, refundsFen: 0, usage: 0 }]))
      for (const { day, ...more } of said.flatMap((one) => one.days))
        byDay.set(day, { ...{ day, refunds: 0, refundsFen: 0, usage: 0 }, ...byDay.get(day), ...more })
      return {
        numbers: said.flatMap((one) => [...one.numbers]),
        todo: said
          .flatMap((one) => [...one.todo])
          .sort((one, other) => WORST_FIRST.indexOf(one.tone) - WORST_FIRST.indexOf(other.tone)),
        days: [...byDay.values()],
      }
    },
  )
}

function lastDays(nowMs: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => shanghaiDay(nowMs - (count - 1 - index) * DAY_MS))
}

/** A count as it is read. */
export function counted(value: number): string {
  return value.toLocaleString('zh-CN')
}
