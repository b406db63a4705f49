import { newId } from '@zhangyi/core'
import type { Tx } from '../platform/database/tx.ts'
import type { Session } from '../platform/sessions/session.ts'
import { recordUsageEvent } from '../usage/index.ts'
import type { QueryAct, VisitsTables } from './order-row.ts'
import type { VisitsParts } from './room.ts'

/** The HIS answered a question for records, with none at all too: a use of the card, and our own count of it. */
export async function recordQuery(
  tx: Tx,
  room: VisitsParts,
  session: Session,
  { act, patientId }: { readonly act: QueryAct; readonly patientId: string },
): Promise<void> {
  await tx.sql
    .withTables<VisitsTables>()
    .insertInto('visit_query')
    .values({
      ...{ hospital_id: tx.hospitalId, id: newId('query'), act },
      ...{ user_id: session.userId, patient_id: patientId, at_ms: room.clock.nowMs() },
    })
    .execute()
  await recordUsageEvent(tx, room, { act, user: session, patientId })
}
