import { type HospitalId, maskName, type Sensitive } from '@zhangyi/core'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { caseCardIndex, caseIdIndex } from '../cases/case-index.ts'
import { openCasePerson } from '../cases/case-person.ts'
import { payoutOf } from '../cases/case-view.ts'
import { canRelease } from '../legs/ask-his.ts'
import { legsOf } from '../legs/find-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { CaseRow } from '../tables.ts'
import { type CounterLine, counterLine } from './counter-line.ts'

/** Whoever stands at the counter asks for the last ones. */
const MOST = 10

export interface CounterRefund {
  readonly caseId: string
  readonly createdAtMs: number
  readonly name: string
  /** The last four. */
  readonly card: string
  readonly lines: readonly (CounterLine & { readonly legId: string })[]
}

export interface CounterAnswer {
  readonly refunds: readonly CounterRefund[]
  /** There are older ones. */
  readonly more: boolean
}

type CounterParts = Pick<RefundsRoom, 'cipher' | 'clients' | 'clock' | 'database' | 'hospitals'>

/** A patient's refunds by visit card or ID number, newest first. Who looked at which goes to the audit. */
export function lookUpAtCounter(
  room: CounterParts,
  hospitalId: HospitalId,
  { number, by }: { readonly number: Sensitive; readonly by: string },
): Promise<CounterAnswer> {
  return room.database.inTransaction(hospitalId, async (tx) => {
    const rows = await findCases(tx, room, number)
    const shown = rows.slice(0, MOST)
    const legs =
      shown.length === 0
        ? []
        : await legsOf(
            tx,
            shown.map(({ id }) => id),
          )
    const refunds: CounterRefund[] = []
    for (const of of shown) {
      const person = openCasePerson(room.cipher, of)
      const name = maskName(person.name.reveal())
      const lines = []
      for (const leg of legs.filter(({ case_id }) => case_id === of.id)) {
        const canGiveBack = canRelease(room, hospitalId, leg)
        const facts = { leg, of, nowMs: room.clock.nowMs(), canGiveBack, ...(await payoutOf(tx, leg)) }
        lines.push({ legId: leg.id, ...counterLine(facts, name) })
      }
      refunds.push({
        ...{ caseId: of.id, createdAtMs: of.created_at_ms, name, lines },
        card: person.cardNumber?.reveal().slice(-4) ?? '',
      })
    }
    auditLook(tx, room, by, shown)
    return { refunds, more: rows.length > MOST }
  })
}

async function findCases(tx: Tx, { cipher, clock }: CounterParts, number: Sensitive): Promise<CaseRow[]> {
  const byIndex = (column: 'id_index' | 'card_index', index: Buffer | null) => sql`
    (SELECT * FROM refund_case WHERE hospital_id = ${tx.hospitalId} AND ${sql.ref(column)} = ${index}
      ORDER BY created_at_ms DESC LIMIT ${MOST + 1})`
  const { rows } = await sql<CaseRow>`
    ${byIndex('id_index', caseIdIndex(cipher, number, clock.nowMs()))}
    UNION ${byIndex('card_index', caseCardIndex(cipher, number))}
    ORDER BY created_at_ms DESC, id LIMIT ${MOST + 1}`.execute(tx.sql)
  return rows
}

/** The number itself is written nowhere: what was found says whose refunds were looked at. */
function auditLook(tx: Tx, { clock }: CounterParts, by: string, found: readonly CaseRow[]): void {
  const subjects = found.length === 0 ? ['nothing-found'] : found.map(({ id }) => id)
  for (const subject of subjects)
    recordAudit(tx, {
      ...{ atMs: clock.nowMs(), actor: `operator:${by}`, action: 'refunds.counter-looked', subject },
      traceId: currentTraceId(),
    })
}
