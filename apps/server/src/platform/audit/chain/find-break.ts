import type { HospitalId } from '@zhangyi/core'
import type { ChainPlace } from './chain-place.ts'
import { type ChainProblem, chainProblem } from './chain-problem.ts'
import type { Link } from './chain-rows.ts'
import { hashEntry } from './entry-hash.ts'

export interface Break {
  /** The first link that does not fit. */
  readonly link: Link
  /** The one before it, and the one before that. */
  readonly previous: ChainPlace & { readonly entryId?: number }
  readonly beforePrevious: ChainPlace | undefined
  readonly following: readonly Link[]
}

/** What was done, told by what would fit: a hash says that something is wrong, and not what. */
export function findBreak(
  hospital: HospitalId,
  { link, previous, beforePrevious, following }: Break,
): ChainProblem {
  const fits = (before: ChainPlace, { entry }: Pick<Link, 'entry'>, { hash }: Pick<Link, 'hash'>) =>
    entry !== undefined && hashEntry(before.hash, hospital, entry).equals(hash)
  const at = { place: link.place, entryId: link.entryId }
  // Without the one before, it would fit: that one was put in, with a hash of its own.
  if (beforePrevious && previous.entryId !== undefined && fits(beforePrevious, link, link))
    return chainProblem('inserted', { place: previous.place, entryId: previous.entryId })
  const [next] = following
  const isWholeWithoutIt = next !== undefined && fits(previous, next, next)
  const isSwapped = isWholeWithoutIt && fits(next, link, link)
  if (isWholeWithoutIt && !isSwapped) return chainProblem('inserted', at)
  // One of those behind it belongs here, as it is or with the hash that stands here.
  if (isSwapped || following.some((other) => fits(previous, other, link) || fits(previous, other, other)))
    return chainProblem('moved', at)
  return chainProblem('changed', at)
}
