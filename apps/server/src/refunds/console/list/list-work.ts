import { assertNever } from '@zhangyi/core'
import { listStoppedPayouts, listTransfersToConfirm } from '../../../payments/index.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { type ListPlace, pageOf, placeOf, placeText } from '../../../platform/operators/list-page.ts'
import {
  inOrder,
  type LegNarrowing,
  type ListedLeg,
  listOpenLegs,
  narrowed,
  placeOfLeg,
} from '../list-open-legs.ts'
import { waitingReviews } from '../waiting-reviews.ts'
import type { CaseFilter, CaseList } from './case-filter.ts'
import { listedLegs } from './listed-legs.ts'

/** What waits for people is dealt with; a hospital with more of it than this has another trouble. */
export const MOST_FOR_PEOPLE = 500
/** Looks ahead for one page, where a filter leaves out nearly everything. */
const MOST_ROUNDS = 20

export interface WorkPage {
  readonly legs: readonly ListedLeg[]
  /** Where the page after this one begins. */
  readonly next: string | null
}

type Wanted = CaseFilter & { readonly nowMs: number }

/** One page of a work list by keyset, who waits longest first. Each sum is there once. */
export async function listWork(tx: Tx, list: Exclude<CaseList, 'all'>, wanted: Wanted): Promise<WorkPage> {
  switch (list) {
    case 'todo':
      return paged(await listTodo(tx, wanted), wanted)
    case 'one-sided':
    case 'overdue':
    case 'in-transit':
      return paged(await listOpenLegs(tx, { ...openPage(wanted), list }), wanted)
    case 'abnormal':
      return paged(await legsOfPayouts(tx, await stoppedIds(tx), wanted), wanted)
    case 'to-confirm':
      return listToConfirm(tx, wanted)
    default:
      return assertNever(list)
  }
}

function openPage({ limit, list: _, state: __, ...wanted }: Wanted) {
  return { ...wanted, limit: limit + 1 }
}

/** Of more rows than one page, in whatever order they were found. */
function paged(legs: readonly ListedLeg[], { before, limit }: Pick<Wanted, 'before' | 'limit'>): WorkPage {
  const each = [...new Map(legs.map((leg) => [leg.id, leg])).values()]
  const place = placeOf(before)
  const later = each.filter((leg) => place === undefined || isAfter(leg, place)).toSorted(inOrder)
  const page = pageOf(later, limit, (leg) => leg, placeOfLeg)
  return { legs: page.rows, next: page.next }
}

function isAfter({ changed_at_ms, id }: ListedLeg, { atMs, id: before }: ListPlace): boolean {
  return changed_at_ms > atMs || (changed_at_ms === atMs && id > before)
}

async function listTodo(tx: Tx, wanted: Wanted): Promise<readonly ListedLeg[]> {
  const page = openPage(wanted)
  return [
    ...(await listOpenLegs(tx, { ...page, list: 'tasks' })),
    ...(await listOpenLegs(tx, { ...page, list: 'stuck' })),
    ...(await legsOfPayouts(tx, await stoppedIds(tx), wanted)),
    ...(await reviewedLegs(tx, wanted)),
  ]
}

async function stoppedIds(tx: Tx): Promise<readonly string[]> {
  return (await listStoppedPayouts(tx, 'deposits', MOST_FOR_PEOPLE)).map(({ id }) => id)
}

async function legsOfPayouts(
  tx: Tx,
  ids: readonly string[],
  narrowing: LegNarrowing,
): Promise<readonly ListedLeg[]> {
  if (ids.length === 0) return []
  return listedLegs(tx)
    .where('l.payout_id', 'in', [...ids])
    .where((row) => row.and(narrowed(narrowing)))
    .execute()
}

/** 生成新订单号退款, what a bill says, or 窗口付讫, that waits for a second person. */
async function reviewedLegs(tx: Tx, narrowing: LegNarrowing): Promise<readonly ListedLeg[]> {
  const ids = await waitingReviews(tx, MOST_FOR_PEOPLE)
  if (ids.length === 0) return []
  return listedLegs(tx)
    .where('l.id', 'in', [...ids])
    .where((row) => row.and(narrowed(narrowing)))
    .execute()
}

/** WeChat waits for the patient: which those are, the payments room knows. In the order in which they were made. */
async function listToConfirm(tx: Tx, { before, limit, ...narrowing }: Wanted): Promise<WorkPage> {
  const legs: ListedLeg[] = []
  let last = before
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const waiting = await listTransfersToConfirm(tx, 'deposits', { before: last, limit })
    const found = await legsOfPayouts(
      tx,
      waiting.map(({ id }) => id),
      narrowing,
    )
    for (const payout of waiting) {
      if (legs.length === limit) return { legs, next: last ?? null }
      const leg = found.find(({ payout_id }) => payout_id === payout.id)
      if (leg) legs.push(leg)
      last = placeText({ atMs: payout.createdAtMs, id: payout.id })
    }
    if (waiting.length < limit) return { legs, next: null }
  }
  return { legs, next: last ?? null }
}
