import { shanghaiDay } from '@zhangyi/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { acceptForms, type Form, formOf } from '../../platform/http/read-form.ts'
import type { Operator } from '../../platform/operators/accounts/account.ts'
import { sendPage, toTheDoor } from '../../platform/operators/send-page.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { isDay } from '../completeness/days-between.ts'
import { seeAlarm } from '../completeness/list-alarms.ts'
import { readPlatformCounts, storePlatformCounts } from '../completeness/platform-counts.ts'
import { readCodes } from '../departments/import-codes.ts'
import { mapDepartments } from '../departments/map-departments.ts'
import { DEPARTMENT_CODE } from '../departments/set-codes.ts'
import { acceptParked } from '../parked/accept-parked.ts'
import type { ParkedChoice } from '../parked/parked-choice.ts'
import { releaseParked } from '../parked/release-parked.ts'
import type { UsageHospital } from '../room.ts'
import type { UsageConsole } from './console-room.ts'
import { choiceSchema } from './console-schemas.ts'
import { readPage } from './read-page.ts'
import { type Notice, USAGE_PAGE, usagePage } from './usage-page.ts'

const TABLE_BYTES = 1024 * 1024
const query = z.object({
  ...{ hospital: z.string().max(40).optional(), day: z.string().max(10).optional() },
  ...{ done: z.string().max(20).optional(), count: z.coerce.number().int().optional() },
  more: z.coerce.number().int().optional(),
})

/** What an action may say when it is done; an address can name one of these and nothing else. */
const DONE: Readonly<Record<string, (count: number, more: number) => string>> = {
  released: (count) => `${count} 个事件重新上报，几秒之后刷新看结果。`,
  accepted: (count) => `${count} 个事件记为平台已计入（人工确认）。`,
  mapped: (count, more) => `${count} 个科室的代码已保存，${more} 个等它的事件开始上报。`,
  counts: (count) => `${count} 个平台数量已保存。`,
  seen: () => '报警已处理。',
}

type Act = (hospital: UsageHospital, operator: Operator, form: Form) => Promise<Done>
interface Done {
  readonly done: keyof typeof DONE
  readonly count: number
  readonly more?: number
}

/** The page and its forms. A form that fails shows the page again with what was wrong; one that worked leads back to it. */
export function registerUsagePage(http: Http, room: UsageConsole): void {
  http.register(async (pages: Http) => {
    acceptForms(pages)
    pages.get('/console/usage', { schema: { hide: true, querystring: query } }, async (request, reply) => {
      const operator = await room.operators.find(request, 'usage.read')
      if (!operator) return toTheDoor(reply, USAGE_PAGE.path)
      const { hospital, day, done, count = 0, more = 0 } = request.query
      const text = Object.hasOwn(DONE, done ?? '') ? DONE[done ?? '']?.(count, more) : undefined
      const notice: Notice | undefined = text === undefined ? undefined : { kind: 'ok', text }
      return show(room, reply, operator, wantedHospital(room, operator, hospital), day, notice)
    })
    const actions: Readonly<Record<string, Act>> = {
      'parked/release': async (hospital, { id }, form) => {
        const twice = form.get('mayCountTwice') === '1'
        return { done: 'released', count: await releaseParked(room, hospital, id, choiceOf(form), twice) }
      },
      'parked/accept': async (hospital, { id }, form) => ({
        ...{ done: 'accepted', count: await acceptParked(room, hospital, id, choiceOf(form)) },
      }),
      departments: async (hospital, { id }, form) =>
        mapped(await mapDepartments(room, hospital, id, [codeOf(form)])),
      'departments/import': async (hospital, { id }, form) =>
        mapped(await mapDepartments(room, hospital, id, readCodes(tableOf(form)))),
      'platform-counts': async (hospital, { id }, form) => ({
        ...{ done: 'counts', count: await storePlatformCounts(room, hospital, id, countsOf(form)) },
      }),
      'platform-counts/import': async (hospital, { id }, form) => {
        const counts = readPlatformCounts(tableOf(form))
        return { done: 'counts', count: await storePlatformCounts(room, hospital, id, counts) }
      },
      alarms: async (hospital, { id }, form) => {
        const alarm = { day: form.get('alarmDay') ?? '', time: form.get('time') ?? '' }
        if (!isDay(alarm.day)) throw badInput({ field: 'alarmDay', message: '日期不对' })
        return { done: 'seen', count: (await seeAlarm(room, hospital, id, alarm)) ? 1 : 0 }
      },
    }
    for (const [path, act] of Object.entries(actions))
      pages.post(
        `/console/usage/${path}`,
        { schema: { hide: true }, bodyLimit: TABLE_BYTES },
        (request, reply) => run(room, request, reply, act),
      )
  })
}

async function run(
  room: UsageConsole,
  request: FastifyRequest,
  reply: FastifyReply,
  act: Act,
): Promise<FastifyReply> {
  room.operators.requireOwnOrigin(request)
  const operator = await room.operators.find(request, 'usage.work')
  if (!operator) return toTheDoor(reply, USAGE_PAGE.path)
  const form = formOf(request.body, request.headers['content-type'])
  const hospital = wantedHospital(room, operator, form.get('hospital'))
  const day = form.get('day')
  try {
    const { done, count, more = 0 } = await act(hospital, operator, form)
    const back = new URLSearchParams({
      hospital: hospital.id,
      day: day ?? '',
      done,
      count: `${count}`,
      more: `${more}`,
    })
    return reply.redirect(`/console/usage?${back}`, 303)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    const fields = error.fields.map(({ field, message }) =>
      /^第/.test(field) ? `${field}：${message}` : message,
    )
    const text = fields.length > 0 ? `${fields.join('；')}。` : error.zh
    return show(room, reply.status(error.status), operator, hospital, day, { kind: 'bad', text })
  }
}

async function show(
  room: UsageConsole,
  reply: FastifyReply,
  operator: Operator,
  hospital: UsageHospital,
  day: string | undefined,
  notice: Notice | undefined,
): Promise<FastifyReply> {
  const wanted = day !== undefined && isDay(day) ? day : shanghaiDay(room.clock.nowMs())
  return sendPage(reply, usagePage(operator, await readPage(room, operator, hospital, wanted), notice))
}

function mapped({ changed, released }: { readonly changed: number; readonly released: number }): Done {
  return { done: 'mapped', count: changed, more: released }
}

function choiceOf(form: Form): ParkedChoice {
  const code = form.get('hasCode') === '1' ? (form.get('code') ?? '') : null
  const choice = { day: form.get('parkedDay'), scene: form.get('scene'), reason: form.get('reason'), code }
  const read = choiceSchema.safeParse(choice)
  if (!read.success) throw badInput({ field: 'reason', message: '没有读懂要处理哪一组，请刷新页面再试' })
  return read.data
}

function codeOf(form: Form) {
  const [departmentId, code] = [form.get('departmentId')?.trim() ?? '', form.get('code')?.trim() ?? '']
  if (departmentId === '' || departmentId.length > 64)
    throw badInput({ field: 'departmentId', message: '没有这个科室' })
  if (!DEPARTMENT_CODE.test(code))
    throw badInput({ field: 'code', message: '平台的科室代码是字母或数字，如 0300' })
  return { departmentId, code }
}

/** A file goes before what was pasted. */
function tableOf(form: Form): string {
  const [file = '', pasted = ''] = [form.get('file'), form.get('csv')]
  return file.trim() === '' ? pasted : file
}

function countsOf(form: Form) {
  const day = form.get('day') ?? ''
  const rows = [...form].flatMap(([name, value]) => {
    const scene = /^count-(\d{6,8})$/.exec(name)?.[1]
    return scene === undefined || value.trim() === '' ? [] : [`${day},${scene},${value.trim()}`]
  })
  if (rows.length === 0) throw badInput({ field: 'counts', message: '请先填至少一个平台数量' })
  return readPlatformCounts(rows.join('\n'))
}
