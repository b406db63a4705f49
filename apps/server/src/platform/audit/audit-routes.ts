import type { HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import { z } from 'zod'
import { answers, neverCached } from '../http/answers.ts'
import type { Http } from '../http/build-http.ts'
import { INSTALLATION, type Operator } from '../operators/accounts/account.ts'
import { beforeNumbered, pageOf } from '../operators/list-page.ts'
import type { Operators } from '../operators/operators.ts'
import { wantedHospital } from '../operators/wanted-hospital.ts'
import type { Platform } from '../platform.ts'
import { actionName } from './audit-words.ts'
import { BEGINNING, chainPlaceText } from './chain/chain-place.ts'
import { readAnchor } from './chain/chain-rows.ts'
import { checkChain } from './chain/check-chain.ts'
import { registerAuditChecks } from './chain/register-audit-checks.ts'
import { auditPlace, auditWish } from './list/audit-wish.ts'
import { type AuditRow, listAudit } from './list/list-audit.ts'

export interface AuditRoom extends Platform {
  readonly operators: Operators
}

const ROOT = '/api/v1/console/audit'
const PAGE = 50
/** Some ten milliseconds; the whole chain takes a command. */
const LAST = 1_000
const tags = ['运营后台：审计']
const hospital = z
  .string()
  .max(40)
  .optional()
  .describe('医院；不写是看得到的第一家；installation：账号和登录的审计')
const entrySchema = z.object({
  ...{ id: z.number().int(), atMs: z.number().int(), actor: z.string(), action: z.string() },
  ...{ actionName: z.string().describe('操作的中文名称'), subject: z.string(), traceId: z.string() },
  detail: z.record(z.string(), z.unknown()),
})
const chainSchema = z.object({
  linked: z.number().int().describe('链里有多少条'),
  unlinked: z.number().int().describe('还有多少条等待入链；一般一分钟之内'),
  lastAtMs: z.number().int().nullable().describe('链里最后一条的时间'),
  head: z.string().nullable().describe('链头「位置:指纹」，抄在别处，以后检查用'),
  isWhole: z.boolean().describe(`最后 ${LAST} 条完好；全链用 zhangyi audit check`),
  problem: z.string().nullable().describe('哪里不对'),
})

/** The audit for the auditor: reading, the state of the chain. Reading it is not audited. */
export function registerAudit(http: Http, room: AuditRoom): void {
  const { operators, database } = room
  registerAuditChecks(room)

  http.get(
    ROOT,
    {
      schema: {
        ...{ summary: '审计：最新的在先，每页 50 条', tags },
        querystring: auditWish.extend({ hospital, before: beforeNumbered }),
        response: answers(z.object({ entries: z.array(entrySchema), next: z.string().nullable() })),
      },
      onRequest: [neverCached, operators.guard('audit.read')],
    },
    async (request) => {
      const { hospital: id, ...wish } = request.query
      const rows = await database.read(auditedOf(room, operators.of(request), id), (tx) =>
        listAudit(tx, wish, PAGE + 1),
      )
      const page = pageOf(rows, PAGE, viewOf, auditPlace)
      return { entries: page.rows, next: page.next }
    },
  )

  http.get(
    `${ROOT}/chain`,
    {
      schema: {
        ...{ summary: '审计链：多少条，链头，末尾是否完好', tags },
        ...{ querystring: z.object({ hospital }), response: answers(chainSchema) },
      },
      onRequest: [neverCached, operators.guard('audit.read')],
    },
    async (request) => {
      const whose = auditedOf(room, operators.of(request), request.query.hospital)
      const { head, unlinked, isWhole, problem } = await checkChain(database, whose, { last: LAST })
      const { anchor, lastAtMs } = await database.inTransaction(whose, async (tx) => ({
        anchor: await readAnchor(tx),
        lastAtMs: await timeAt(tx, head.place),
      }))
      return {
        ...{ linked: head.place - anchor.place, unlinked, lastAtMs, isWhole, problem: problem?.zh ?? null },
        head: head.place === BEGINNING.place ? null : chainPlaceText(head),
      }
    },
  )
}

function viewOf({ id, at_ms, actor, action, subject, trace_id, detail }: AuditRow) {
  return {
    ...{ id, atMs: at_ms, actor, action, actionName: actionName(action), subject, traceId: trace_id },
    detail,
  }
}

/** What happens to accounts belongs to no hospital, and whoever reads the audit reads it too. */
function auditedOf(room: AuditRoom, operator: Operator, id: string | undefined): HospitalId {
  return id === INSTALLATION ? INSTALLATION : wantedHospital(room, operator, id).id
}

async function timeAt(tx: Parameters<typeof readAnchor>[0], place: number): Promise<number | null> {
  const { rows } = await sql<{ at_ms: number }>`
    SELECT at_ms FROM audit_entry WHERE hospital_id = ${tx.hospitalId} AND id = (
      SELECT entry_id FROM audit_link WHERE hospital_id = ${tx.hospitalId} AND place = ${place})`.execute(
    tx.sql,
  )
  return rows[0]?.at_ms ?? null
}
