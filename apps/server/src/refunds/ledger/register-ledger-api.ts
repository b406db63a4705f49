import { DAY_MS, shanghaiDay, shanghaiMidnight } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { answers, neverCached } from '../../platform/http/answers.ts'
import type { Http } from '../../platform/http/build-http.ts'
import { pageOf } from '../../platform/operators/list-page.ts'
import { wantedHospital } from '../../platform/operators/wanted-hospital.ts'
import {
  balancesSchema,
  daySchema,
  filterSchema,
  importedSchema,
  pageSchema,
  problemSchema,
  progressSchema,
  refreshedSchema,
  runsSchema,
  summarySchema,
} from './api-schemas.ts'
import type { BalanceView } from './balance-view.ts'
import { importBalances } from './import-balances.ts'
import type { LedgerConsole } from './ledger-room.ts'
import { ledgerSummary } from './ledger-summary.ts'
import { type BalancePage, cleaningList, listBalances } from './list-balances.ts'
import { listRuns } from './list-runs.ts'
import { keyOfArchive, openCursor, sealCursor } from './opaque.ts'
import { progressOf } from './progress-of.ts'
import { refreshBalances } from './refresh-balances.ts'

const tags = ['运营后台：余额台账']
const ROOT = '/api/v1/console/refunds/ledger'
// About 200,000 archives; a larger file is for the command line.
const FILE_BYTES = 24 * 1024 * 1024
// As many as are asked within half a minute; somebody waits.
const MOST_ASKED = 150
const PROGRESS_DAYS = 30
const of = z.object({ hospital: z.string().max(40).optional().describe('不写就是第一家医院') })
const whose = of.shape

/** The operators' interface to the 台账. What looks for a person is a POST: numbers of persons stay out of addresses. */
export function registerLedgerApi(http: Http, room: LedgerConsole): void {
  registerViews(http, room)
  registerLists(http, room)
  registerChanges(http, room)
}

function registerViews(http: Http, room: LedgerConsole): void {
  const { database, clock, operators } = room
  http.get(
    `${ROOT}/summary`,
    {
      schema: { summary: '台账汇总，按账龄', tags, querystring: of, response: answers(summarySchema) },
      onRequest: [neverCached, operators.guard('ledger.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const id = wantedHospital(room, who, request.query.hospital).id
      const summary = await database.inTransaction(id, (tx) => ledgerSummary(tx, clock.nowMs()))
      return { ...summary, ages: [...summary.ages] }
    },
  )
  http.get(
    `${ROOT}/progress`,
    {
      schema: {
        ...{ summary: '每天的进展，默认最近 30 天', tags, response: answers(progressSchema) },
        querystring: of.extend({ from: daySchema.optional(), to: daySchema.optional() }),
      },
      onRequest: [neverCached, operators.guard('ledger.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital, to = shanghaiDay(clock.nowMs()), from = daysBefore(to) } = request.query
      const id = wantedHospital(room, who, hospital).id
      return { days: [...(await database.inTransaction(id, (tx) => progressOf(tx, from, to)))] }
    },
  )
  http.get(
    `${ROOT}/runs`,
    {
      schema: { summary: '最近的导入和查询', tags, querystring: of, response: answers(runsSchema) },
      onRequest: [neverCached, operators.guard('ledger.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const id = wantedHospital(room, who, request.query.hospital).id
      return { runs: [...(await database.inTransaction(id, listRuns))] }
    },
  )
}

function registerLists(http: Http, room: LedgerConsole): void {
  const { database, clock, cipher, operators } = room
  http.post(
    `${ROOT}/search`,
    {
      schema: {
        ...{ summary: '台账，余额大的在前；个人信息遮盖', tags, response: answers(balancesSchema) },
        body: pageSchema.extend({ ...whose, filter: filterSchema.prefault({}) }),
      },
      onRequest: [neverCached, operators.guard('ledger.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital, filter, ...wanted } = request.body
      const page = oneMore(cipher, wanted)
      const rows = await database.inTransaction(wantedHospital(room, who, hospital).id, (tx) =>
        listBalances(tx, cipher, filter, page, clock.nowMs()),
      )
      return shownPage(cipher, rows, wanted.limit)
    },
  )
  http.post(
    `${ROOT}/to-clean`,
    {
      schema: {
        ...{ summary: '未清而缺信息、告知不到或退不了的档案', tags, response: answers(balancesSchema) },
        body: pageSchema.extend({ ...whose, problem: problemSchema.optional() }),
      },
      onRequest: [neverCached, operators.guard('ledger.read')],
    },
    async (request) => {
      const who = operators.of(request)
      const { hospital, problem, ...wanted } = request.body
      const page = oneMore(cipher, wanted)
      const rows = await database.inTransaction(wantedHospital(room, who, hospital).id, (tx) =>
        cleaningList(tx, cipher, page, clock.nowMs(), problem),
      )
      return shownPage(cipher, rows, wanted.limit)
    },
  )
}

function registerChanges(http: Http, room: LedgerConsole): void {
  http.post(
    `${ROOT}/import`,
    {
      bodyLimit: FILE_BYTES,
      schema: {
        ...{ summary: '导入余额文件（CSV），有一行不对就都不导入', tags, response: answers(importedSchema) },
        body: z.object({
          ...whose,
          csv: z.string().min(1),
          whole: z.boolean().default(true).describe('是全部未清的档案：没有列出的记为其他方式结清'),
          asOfMs: z.int().min(0).optional().describe('文件里的余额是什么时候的；不写就是现在'),
          mayClearMost: z.boolean().default(false).describe('会结清一半以上：操作员已经知道'),
          again: z.boolean().default(false).describe('以前导入过、之后又导入过别的，现在以它为准'),
        }),
      },
      onRequest: [room.operators.guard('ledger.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, csv: text, asOfMs, ...choices } = request.body
      const file = { text, ...choices, ...(asOfMs !== undefined && { asOfMs }) }
      return importBalances(room, wantedHospital(room, who, hospital).id, file, id)
    },
  )
  http.post(
    `${ROOT}/refresh`,
    {
      schema: {
        ...{
          summary: '向 HIS 查询余额：指定的档案，或最久没有查过的',
          tags,
          response: answers(refreshedSchema),
        },
        body: z.object({
          ...whose,
          patids: z.array(z.string().min(1).max(64)).min(1).max(MOST_ASKED).optional(),
          limit: z.int().min(1).max(MOST_ASKED).default(MOST_ASKED),
        }),
      },
      onRequest: [room.operators.guard('ledger.work')],
    },
    async (request) => {
      const who = room.operators.of(request)
      const { id } = who
      const { hospital, patids, limit } = request.body
      const wish = { limit, ...(patids && { patids }) }
      return refreshBalances(room, wantedHospital(room, who, hospital).id, wish, id)
    },
  )
}

function daysBefore(to: string): string {
  const at = shanghaiMidnight(to)
  return Number.isNaN(at) ? to : shanghaiDay(at - (PROGRESS_DAYS - 1) * DAY_MS)
}

function oneMore(cipher: Cipher, { after, limit }: z.output<typeof pageSchema>): BalancePage {
  return { limit: limit + 1, after: after === undefined ? undefined : openCursor(cipher, after) }
}

function shownPage(cipher: Cipher, rows: readonly BalanceView[], limit: number) {
  const page = pageOf(
    rows,
    limit,
    // As the schema's types want it: arrays that could be changed.
    (one) => ({
      ...{ ...one, key: keyOfArchive(cipher, one.patid) },
      ...{ refundedWays: [...one.refundedWays], problems: [...one.problems] },
    }),
    (one) => sealCursor(cipher, one),
  )
  return { balances: page.rows, next: page.next }
}
