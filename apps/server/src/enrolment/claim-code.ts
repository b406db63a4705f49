import { auditUser } from '../platform/audit/audit-user.ts'
import type { Tx } from '../platform/database/tx.ts'
import type { CodeKind, EnrolmentTables, FlowRow } from './flow.ts'
import type { EnrolmentRoom } from './room.ts'

/**
 * - `fresh`: nobody handed this code in before; the intent to spend it is stored now.
 * - `repeated`: this flow handed it in before; its stored result answers.
 * - `foreign`: it belongs to another flow. Recorded; the caller refuses.
 */
export type ClaimedCode = 'fresh' | 'repeated' | 'foreign'

/** Stores the intent to spend a one-use code, before the platform is asked. */
export async function claimCode(
  room: EnrolmentRoom,
  tx: Tx,
  flow: FlowRow,
  kind: CodeKind,
  code: string,
): Promise<ClaimedCode> {
  const codes = tx.sql.withTables<EnrolmentTables>()
  const index = codeIndex(room, kind, code)
  const inserted = await codes
    .insertInto('enrolment_code')
    .values({
      hospital_id: tx.hospitalId,
      code_index: index,
      kind,
      flow_id: flow.id,
      outcome: null,
      created_at_ms: room.clock.nowMs(),
    })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'code_index']).doNothing())
    .returning('flow_id')
    .executeTakeFirst()
  if (inserted) return 'fresh'
  const before = await codes
    .selectFrom('enrolment_code')
    .select(['flow_id', 'outcome'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('code_index', '=', index)
    .executeTakeFirstOrThrow()
  if (before.flow_id === flow.id)
    return before.outcome === 'no' && kind === 'auth-code' ? 'fresh' : 'repeated'
  auditUser(tx, room.clock, flow.user_id, {
    action: 'enrolment.foreign-code',
    subject: flow.id,
    detail: { kind },
  })
  return 'foreign'
}

/** Stores what became of the code, in the transaction that moves the flow on. */
export async function settleCode(
  room: EnrolmentRoom,
  tx: Tx,
  kind: CodeKind,
  code: string,
  outcome: 'yes' | 'no' | 'unknown',
): Promise<void> {
  await tx.sql
    .withTables<EnrolmentTables>()
    .updateTable('enrolment_code')
    .set({ outcome })
    .where('hospital_id', '=', tx.hospitalId)
    .where('code_index', '=', codeIndex(room, kind, code))
    .execute()
}

function codeIndex({ cipher }: EnrolmentRoom, kind: CodeKind, code: string): Buffer {
  return cipher.blindIndex(code, `enrolment.${kind}`)
}
