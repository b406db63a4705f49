import { shanghaiDay, shanghaiMidnight } from '@zhangyi/core'
import { z } from 'zod'
import { NOTICE_CHANNELS, NOTICE_KINDS } from '../../platform/hospitals/notices-config.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { listWish, pageOf, placeMade } from '../../platform/operators/list-page.ts'
import type { OperatorsRoom } from '../../platform/operators/session-routes.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import { countsSchema, detailSchema, listedSchema, NOTICE_STATES } from './console-views.ts'
import { countsQuery, noticesQuery, viewListed } from './list-notices.ts'
import { showNotice } from './show-notice.ts'

const ROOT = '/api/v1/console/notices'
const PAGE = 50
const tags = ['运营后台：消息']
const { hospital } = listWish

/** 消息 for operators. It is only looked at: what has no answer may have arrived, so nothing is sent again by hand. */
export function registerNoticesConsole(http: Http, room: OperatorsRoom): void {
  const { operators, database, cipher, clock } = room
  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '发给患者的消息，最新的在前，每页 50 条', tags },
        querystring: z.object({
          ...listWish,
          number: listWish.number.describe('消息、用户、退款单的编号，或微信的 msgid'),
          state: z.enum(NOTICE_STATES).optional(),
          kind: z.enum(NOTICE_KINDS).optional(),
          channel: z.enum(NOTICE_CHANNELS).optional(),
        }),
        response: answers(z.object({ notices: z.array(listedSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('notices.read')],
    },
    async (request) => {
      const { hospital: name, ...wish } = request.query
      const { id } = wantedHospital(room, operators.of(request), name)
      const { rows } = await database.read(id, (tx) => noticesQuery(id, wish, PAGE + 1).execute(tx.sql))
      const page = pageOf(rows, PAGE, viewListed, placeMade)
      return { notices: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/counts`,
    {
      schema: {
        ...{ summary: '一天的消息，按渠道和状态的数量', tags },
        querystring: z.object({ hospital, day: z.iso.date().optional().describe('不写就是今天') }),
        response: answers(countsSchema),
      },
      onRequest: [neverCached, operators.guard('notices.read')],
    },
    async (request) => {
      const { hospital: name, day = shanghaiDay(clock.nowMs()) } = request.query
      const { id } = wantedHospital(room, operators.of(request), name)
      const fromMs = shanghaiMidnight(day)
      const { rows } = await database.read(id, (tx) => countsQuery(id, fromMs).execute(tx.sql))
      return { day, counts: rows }
    },
  )

  http.get(
    `${ROOT}/:id`,
    {
      schema: {
        ...{ summary: '一条消息：每个渠道的答复、送达、发出的文字（遮盖）', tags },
        ...{ params: z.object({ id: z.string().min(1).max(80) }), querystring: z.object({ hospital }) },
        response: answers(detailSchema),
      },
      onRequest: [neverCached, operators.guard('notices.read')],
    },
    async (request) => {
      const of = wantedHospital(room, operators.of(request), request.query.hospital)
      return database.inTransaction(of.id, (tx) => showNotice(tx, cipher, of, request.params.id))
    },
  )
}
