import { z } from 'zod'
import { answers, neverCached } from '../../../platform/http/answers.ts'
import type { Http } from '../../../platform/http/build-http.ts'
import { listWish } from '../../../platform/operators/list-page.ts'
import { wantedHospital } from '../../../platform/operators/wanted-hospital.ts'
import { of, ROOT } from '../api-parts.ts'
import { countOpenLegs } from '../count-open-legs.ts'
import type { RefundsConsole } from '../routes.ts'
import { CASE_LISTS, caseWish, holdToTime } from './case-filter.ts'
import { findByNumber } from './find-by-number.ts'
import { listCases, withLegs } from './list-cases.ts'
import { listedCaseSchema } from './listed-case.ts'

const tags = ['运营后台：退款']
const PAGE = 50

const summarySchema = z.object({
  counts: z
    .object({ 'one-sided': z.int(), overdue: z.int(), 'in-transit': z.int() })
    .describe('各有几笔：单边订单、超时未决、在途'),
})

/** 退款 as a list: of all, and what waits for somebody. */
export function registerCaseList(http: Http, room: RefundsConsole): void {
  http.get(
    `${ROOT}/cases`,
    {
      schema: {
        summary: '退款单，每页 50 条：全部的新的在前，待办的等得最久的在前；按单号查不分待办',
        tags,
        querystring: of.extend({
          list: z.enum(CASE_LISTS).default('all'),
          ...{ ...caseWish, before: listWish.before },
        }),
        response: answers(z.object({ cases: z.array(listedCaseSchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request) => {
      const { hospital: name, number, ...wish } = request.query
      const { id } = wantedHospital(room, room.operators.of(request), name)
      if (number !== undefined)
        return room.database.inTransaction(id, async (tx) => ({
          cases: [...(await withLegs(tx, room, await findByNumber(tx, number)))],
          next: null,
        }))
      holdToTime(wish.list === 'all' ? wish : { ...wish, state: undefined })
      const filter = { ...wish, limit: PAGE }
      const { cases, next } = await room.database.inTransaction(id, (tx) => listCases(tx, room, filter))
      return { cases: [...cases], next }
    },
  )

  http.get(
    `${ROOT}/summary`,
    {
      schema: {
        summary: '退款各页上方：单边订单、超时未决、在途各有几笔',
        ...{ tags, querystring: of, response: answers(summarySchema) },
      },
      onRequest: [neverCached, room.operators.guard('refunds.read')],
    },
    async (request) => {
      const { id } = wantedHospital(room, room.operators.of(request), request.query.hospital)
      return room.database.inTransaction(id, async (tx) => {
        const counts = await countOpenLegs(tx, room.clock.nowMs())
        return {
          counts: {
            ...{ 'one-sided': counts['one-sided'], overdue: counts.overdue },
            'in-transit': counts['in-transit'],
          },
        }
      })
    },
  )
}
