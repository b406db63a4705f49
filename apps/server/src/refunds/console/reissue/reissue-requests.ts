import { newId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { RefundsRoom } from '../../room.ts'
import type { RefundsTables, ReissueRow } from '../../tables.ts'
import { auditAct } from '../audit-act.ts'

/** What a person asks for before it is done. */
export interface Reissue {
  readonly legId: string
  /** Who asks, as they signed in. */
  readonly by: string
  readonly reason: string
}

/** Of a request that no second person had to decide. */
const BELOW_LIMIT = 'system:below-limit'

function requests(tx: Tx) {
  return tx.sql.withTables<RefundsTables>()
}

/** Waits for a second person; one request a leg. */
export async function storeRequest(tx: Tx, room: RefundsRoom, { legId, by, reason }: Reissue): Promise<void> {
  const stored = await requests(tx)
    .insertInto('reissue_request')
    .values({
      ...{ hospital_id: tx.hospitalId, leg_id: legId, id: newId('reissue'), asked_by: by, reason },
      ...{ asked_at_ms: room.clock.nowMs(), state: 'waiting', decided_by: null, decided_at_ms: null },
      decided_why: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'leg_id']).where('state', '=', sql.lit('waiting')).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (!stored) throw new AppError('refund-refused', { zh: '已经有人申请，正等待复核。' })
  auditAct(tx, room, { by, action: 'refunds.reissue-asked', legId })
}

/** Carried out at once, below the amount that wants a second person. */
export async function storeDone(
  tx: Tx,
  { clock }: RefundsRoom,
  { legId, by, reason }: Reissue,
): Promise<void> {
  const nowMs = clock.nowMs()
  await requests(tx)
    .insertInto('reissue_request')
    .values({
      ...{ hospital_id: tx.hospitalId, leg_id: legId, id: newId('reissue'), asked_by: by, reason },
      ...{ asked_at_ms: nowMs, state: 'done', decided_by: BELOW_LIMIT, decided_at_ms: nowMs },
      decided_why: null,
    })
    .execute()
}

export function findRequest(tx: Tx, legId: string): Promise<ReissueRow | undefined> {
  return requests(tx)
    .selectFrom('reissue_request')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('leg_id', '=', legId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
}

export async function decideRequest(
  tx: Tx,
  room: RefundsRoom,
  { request, by, why, state }: { request: ReissueRow; by: string; why: string; state: 'done' | 'refused' },
): Promise<void> {
  const { numUpdatedRows } = await requests(tx)
    .updateTable('reissue_request')
    .set({ state, decided_by: by, decided_at_ms: room.clock.nowMs(), decided_why: why })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', request.id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new AppError('refund-refused', { zh: '别人刚刚复核过了。' })
  const action = state === 'done' ? 'refunds.reissue-agreed' : 'refunds.reissue-refused'
  auditAct(tx, room, { by, action, legId: request.leg_id })
}

/** The leg went another way: nobody has to decide about a request any more. */
export async function dropRequest(tx: Tx, { clock }: RefundsRoom, legId: string): Promise<void> {
  await requests(tx)
    .updateTable('reissue_request')
    .set({ state: 'refused', decided_by: 'system:went-another-way', decided_at_ms: clock.nowMs() })
    .where('hospital_id', '=', tx.hospitalId)
    .where('leg_id', '=', legId)
    .where('state', '=', 'waiting')
    .execute()
}
