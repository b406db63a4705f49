import { z } from 'zod'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { listWish, pageOf } from '../../platform/operators/list-page.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { eventNumber, parseEventNumber } from '../events/event-number.ts'
import { eventWish, filterOf, USUAL_DAYS } from '../events/event-wish.ts'
import { type EventDetail, findEvent } from '../events/find-event.ts'
import { type EventRow, listEvents } from '../events/list-events.ts'
import { REASON_TEXTS } from '../parked/park-reasons.ts'
import { OWN_SOURCE } from '../record-usage-event.ts'
import type { UsageHospital } from '../room.ts'
import { sceneName } from '../scene-names.ts'
import { deadlineOf } from '../schedule.ts'
import type { UsageConsole } from './console-room.ts'
import { eventDetailSchema, eventsSchema } from './console-schemas.ts'

const tags = ['运营后台：用卡数据']
const ROOT = '/api/v1/console/usage/events'
const PAGE = 50
const { hospital } = listWish
const number = z.string().regex(/^\d{8}-\d{1,15}$/, '事件号写成 20261128-1042')

/** Single events, as they were stored and as the platform answered. */
export function registerEventsApi(http: Http, room: UsageConsole): void {
  http.get(
    ROOT,
    {
      schema: {
        summary: `用卡事件，最新的在前，每页 ${PAGE} 条；不写日期就是最近 ${USUAL_DAYS} 天`,
        tags,
        querystring: eventWish.extend({ hospital, before: number.optional() }),
        response: answers(eventsSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const { hospital: name, before, ...wish } = request.query
      const wanted = wantedHospital(room, room.operators.of(request), name)
      const filter = {
        ...filterOf(wish, room.clock.nowMs()),
        before: before === undefined ? undefined : keyOf(before),
      }
      const rows = await room.database.read(wanted.id, (tx) => listEvents(tx, filter, PAGE + 1))
      const page = pageOf(rows, PAGE, (row) => viewOf(wanted, row), eventNumber)
      return { events: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/:number`,
    {
      schema: {
        summary: '一个用卡事件：什么时候收到、上报、答复；没有卡号和人',
        tags,
        params: z.object({ number }),
        querystring: z.object({ hospital }),
        response: answers(eventDetailSchema),
      },
      onRequest: [neverCached, room.operators.guard('usage.read')],
    },
    async (request) => {
      const wanted = wantedHospital(room, room.operators.of(request), request.query.hospital)
      const key = keyOf(request.params.number)
      const event = await room.database.read(wanted.id, (tx) => findEvent(tx, room.cipher, key))
      if (!event) throw new AppError('not-found', { zh: '没有这个事件，或已经过了保留时间。' })
      return detailOf(wanted, event)
    },
  )
}

function keyOf(text: string) {
  const key = parseEventNumber(text)
  if (!key) throw badInput({ field: 'number', message: '事件号写成 20261128-1042' })
  return key
}

function viewOf({ usage }: UsageHospital, row: EventRow) {
  const { source } = row
  const pushedBy = usage.intake.find(({ systemId }) => systemId === source)
  return {
    ...{ number: eventNumber(row), scene: row.scene, sceneName: sceneName(row.scene) },
    sourceName: source === OWN_SOURCE ? '掌医' : (pushedBy?.name ?? source),
    ...{ occurredAtMs: row.occurred_at_ms, afterCutoff: row.after_cutoff, late: row.late },
    ...{ departmentId: row.department_id, departmentName: row.department_name },
    ...{ state: row.state, reason: row.reason, code: row.code, attempts: row.attempts },
    ...{ nextActionAtMs: row.next_action_at_ms, requestId: row.request_id },
  }
}

function detailOf(hospital: UsageHospital, event: EventDetail) {
  const { told } = event
  return {
    ...viewOf(hospital, event),
    ...{ unknowns: event.unknowns, refusals: event.refusals, deadlineMs: deadlineOf(event.occurred_at_ms) },
    ...{ firstRefusedAtMs: event.first_refused_at_ms, sentAtMs: event.sent_at_ms, tookMs: event.took_ms },
    todo: event.state === 'parked' && event.reason !== null ? REASON_TEXTS[event.reason].todo : null,
    told: told
      ? {
          ...{ department: told.department ?? null, campus: told.campus ?? null },
          ...{ cardChannel: told.cardChannel, costTypes: told.costTypes ?? null },
        }
      : null,
  }
}
