import { sql } from 'kysely'
import type { z } from 'zod'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { inTime, type ListTimes, pageOf, placeText } from '../../../platform/operators/list-page.ts'
import { type OfflineTables, PAYOUT_WAYS } from '../offline-row.ts'
import { isEnd, type State } from '../offline-states.ts'
import type { OfflineConsole } from '../room.ts'
import type { listSchema } from './console-views.ts'
import { countByState } from './count-by-state.ts'
import { viewListed } from './view-one.ts'

const PAGE = 50

export interface ListWanted extends Pick<ListTimes, 'before'> {
  readonly state: State
  /** Of one application or of the voucher that paid it, in whatever state. */
  readonly number?: string | undefined
}

/** Who has waited longest first; of what is finished, the newest first. */
export function listByState(
  room: OfflineConsole,
  { id }: Hospital,
  { state, number, before }: ListWanted,
): Promise<z.output<typeof listSchema>> {
  const direction = isEnd(state) ? 'desc' : 'asc'
  const order = direction === 'asc' ? 'oldest-first' : 'newest-first'
  return room.database.inTransaction(id, async (tx) => {
    const rows = await tx.sql
      .withTables<OfflineTables>()
      .selectFrom('offline_application')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .$if(number === undefined, (query) => query.where('state', '=', state))
      .$if(number !== undefined, (query) =>
        query.where(({ eb, or }) =>
          or([
            eb('id', '=', number ?? ''),
            // By both ways, as the index of vouchers is: a number in each.
            eb.and([eb('payout_how', 'in', [...PAYOUT_WAYS]), eb('payout_voucher', '=', number ?? '')]),
          ]),
        ),
      )
      // What was withdrawn before it was submitted is nobody's business.
      .where('submitted_at_ms', 'is not', null)
      .where((row) => row.and([...inTime(sql`moved_at_ms`, sql`id`, { before }, order)]))
      .orderBy('moved_at_ms', direction)
      .orderBy('id', direction)
      .limit(PAGE + 1)
      .execute()
    const page = pageOf(
      rows,
      PAGE,
      (row) => viewListed(room.cipher, row),
      ({ moved_at_ms: atMs, id }) => placeText({ atMs, id }),
    )
    return {
      counts: Object.fromEntries(await countByState(tx)),
      ...{ applications: page.rows, next: page.next },
    }
  })
}
