import type { Clock } from '@zhangyi/core'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { type ApplicationRow, type OfflineTables, sealText } from './offline-row.ts'
import { type Happening, stateAfter } from './offline-states.ts'

export type ApplicationChange = Partial<
  Pick<
    ApplicationRow,
    | 'reviewer'
    | 'proposed_by'
    | 'proposed_fen'
    | 'proposed_at_ms'
    | 'decided_by'
    | 'decided_at_ms'
    | 'amount_fen'
    | 'payout_how'
    | 'payout_voucher'
    | 'paid_out_at_ms'
    | 'submitted_at_ms'
  >
>

export interface Step {
  readonly happening: Happening
  /** `user:<id>` or `operator:<id>`. */
  readonly actor: string
  /** To the applicant; it stands until the next step, and in the history. */
  readonly said?: string
  readonly amountFen?: number
  readonly change?: ApplicationChange
}

const NO_PROPOSAL = { proposed_by: null, proposed_fen: null, proposed_at_ms: null } as const

/**
 * One step of an application, if nobody was faster: the row must still be in the state in which it was read. History and
 * audit come with it. Throws `offline-wrong-step` where the step cannot be taken. A proposal lasts until the next step.
 */
export async function changeApplication(
  tx: Tx,
  { cipher, clock }: { readonly cipher: Cipher; readonly clock: Clock },
  { id, state }: Pick<ApplicationRow, 'id' | 'state'>,
  { happening, actor, said, amountFen, change = {} }: Step,
): Promise<ApplicationRow> {
  const next = stateAfter(state, happening)
  if (next === undefined) throw new AppError('offline-wrong-step')
  const nowMs = clock.nowMs()
  const sealed = sealText(cipher, said ?? null, 'said')
  const row = await tx.sql
    .withTables<OfflineTables>()
    .updateTable('offline_application')
    .set({
      ...{ state: next, ...NO_PROPOSAL },
      ...(next !== state && { moved_at_ms: nowMs }),
      // A proposal promises the applicant nothing yet: its text stands in the history only.
      ...(happening !== 'proposed' && { said: sealed }),
      ...change,
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new AppError('offline-wrong-step')
  await tx.sql
    .withTables<OfflineTables>()
    .insertInto('offline_step')
    .values({
      ...{ hospital_id: tx.hospitalId, application_id: id },
      step: sql<number>`(SELECT coalesce(max(step), 0) + 1 FROM offline_step
        WHERE hospital_id = ${tx.hospitalId} AND application_id = ${id})`,
      ...{ happening, state: next, actor, said: sealed, amount_fen: amountFen ?? null, at_ms: nowMs },
    })
    .execute()
  recordAudit(tx, {
    ...{ atMs: nowMs, actor, action: `refunds.offline-${happening}`, subject: id, traceId: currentTraceId() },
    detail: { state: next, ...(amountFen !== undefined && { amountFen }) },
  })
  return row
}

/** The application with its row locked. */
export function lockApplication(tx: Tx, id: string): Promise<ApplicationRow | undefined> {
  return tx.sql
    .withTables<OfflineTables>()
    .selectFrom('offline_application')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}
