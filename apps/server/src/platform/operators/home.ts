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

/** What everybody who may see it should know now, wherever they are; shown on every page. */
export interface HomeNotice {
  readonly tone: Tone
  readonly text: string
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
    readonly notices?: readonly HomeNotice[]
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

const attentionSchema = z.object({
  pages: z.array(
    z.object({
      path: z.string().describe('菜单里的页'),
      tone,
      count: z.number().int().describe('要处理的事'),
    }),
  ),
  notices: z.array(z.object({ tone, text: z.string(), path: z.string().optional() })),
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
      const said = await ask(room, own, { hospital, nowMs, days })
      const byDay = new Map(days.map((day) => [day, { day, refunds: 0, refundsFen: 0, usage: 0 }]))
      for (const { day, ...more } of said.flatMap((one) => one.days))
        byDay.set(day, { ...{ day, refunds: 0, refundsFen: 0, usage: 0 }, ...byDay.get(day), ...more })
      return {
        numbers: said.flatMap((one) => [...one.numbers]),
        todo: worstFirst(said.flatMap((one) => one.todo)),
        days: [...byDay.values()],
      }
    },
  )

  http.get(
    '/api/v1/console/attention',
    {
      schema: {
        summary: '每一页要处理的事有多少，和每一页都要看到的提示',
        tags: ['运营后台：首页'],
        querystring: z.object({ hospital: z.string().max(40).optional() }),
        response: answers(attentionSchema),
      },
      onRequest: [neverCached, room.operators.guard('home.read')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const own = parts.filter(({ permission }) => may(who.role, permission))
      if (own.length === 0) return { pages: [], notices: [] }
      const hospital = wantedHospital(room, who, request.query.hospital)
      const nowMs = room.clock.nowMs()
      // Asked for often, and without charts: one day.
      const said = await ask(room, own, { hospital, nowMs, days: [shanghaiDay(nowMs)] })
      return {
        pages: byPage(said.flatMap((one) => one.todo)),
        notices: worstFirst(said.flatMap((one) => one.notices ?? [])),
      }
    },
  )
}

type Facts = Parameters<HomePart['read']>[1]

function ask({ database }: OperatorsRoom, parts: readonly HomePart[], facts: Facts) {
  return database.inTransaction(facts.hospital.id, async (tx) => {
    const all = []
    for (const part of parts) all.push(await part.read(tx, facts))
    return all
  })
}

function worstFirst<T extends { readonly tone: Tone }>(all: readonly T[]): T[] {
  return [...all].sort((one, other) => WORST_FIRST.indexOf(one.tone) - WORST_FIRST.indexOf(other.tone))
}

/** A page is the part of an address before its question mark. */
function byPage(todo: readonly HomeTodo[]) {
  const pages = new Map<string, { path: string; tone: Tone; count: number }>()
  for (const { path: whole, tone, count } of worstFirst(todo)) {
    const [path] = whole?.split('?') ?? []
    if (path === undefined) continue
    const known = pages.get(path)
    if (known) known.count += count
    else pages.set(path, { path, tone, count })
  }
  return [...pages.values()]
}

function lastDays(nowMs: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => shanghaiDay(nowMs - (count - 1 - index) * DAY_MS))
}

/** A count as it is read. */
export function counted(value: number): string {
  return value.toLocaleString('zh-CN')
}
