import { findSubjectsByNumber } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { ListTimes } from '../../platform/operators/list-page.ts'
import type { OrderRow } from '../order-row.ts'
import { findTroubles, type Trouble } from './find-troubles.ts'
import { findVisitIds, listVisits } from './list-visits.ts'
import type { VisitWish } from './visit-wish.ts'

export interface FoundVisits {
  readonly rows: readonly OrderRow[]
  /** Why some of them need a person. */
  readonly troubles: ReadonlyMap<string, Trouble>
}

/** Newest first, by whatever number and whether they need a person, too. */
export async function searchVisits(
  tx: Tx,
  { number, state, ...wish }: VisitWish & ListTimes,
  nowMs: number,
  limit: number,
): Promise<FoundVisits> {
  const troubles = await findTroubles(tx, nowMs)
  const ofNumber = number === undefined ? undefined : await idsOf(tx, number)
  const ids =
    state === 'trouble' ? [...troubles.keys()].filter((one) => ofNumber?.includes(one) ?? true) : ofNumber
  const filter = { ...wish, ids, state: state === 'trouble' ? undefined : state }
  return { rows: await listVisits(tx, filter, limit), troubles }
}

async function idsOf(tx: Tx, number: string): Promise<readonly string[]> {
  return [...(await findVisitIds(tx, number)), ...(await findSubjectsByNumber(tx, 'visits', number))]
}
