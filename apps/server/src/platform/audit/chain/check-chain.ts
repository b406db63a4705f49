import type { HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import type { Tx } from '../../database/tx.ts'
import { badInput } from '../../errors/catalogue.ts'
import { BEGINNING, type ChainPlace, chainPlaceText } from './chain-place.ts'
import { type ChainProblem, chainProblem } from './chain-problem.ts'
import { countUnlinked, type Link, readAnchor, readHead, readLinks, readPlace } from './chain-rows.ts'
import { hashEntry } from './entry-hash.ts'
import { findBreak } from './find-break.ts'
import { findUnchained } from './find-unchained.ts'

const LINKS_AT_ONCE = 5_000
/** Under which the removal of a beginning is audited itself. */
export const REMOVED = 'audit.removed'

export interface CheckWish {
  /** A head that was written down elsewhere: the chain still has to lead through it, and is walked from there. */
  readonly since?: ChainPlace
  /** Only so many links at the end. */
  readonly last?: number
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void
}

export interface ChainReport {
  readonly isWhole: boolean
  readonly problem: ChainProblem | undefined
  /** The links that were walked: behind this place, so many. */
  readonly after: number
  readonly checked: number
  readonly head: ChainPlace
  readonly unlinked: number
}

/**
 * Walks a chain and hashes each entry again. Without a wish, from its beginning, and then looks for entries that it leaves
 * out. It stops at the first thing that is wrong.
 */
export async function checkChain(
  database: Database,
  hospital: HospitalId,
  wish: CheckWish = {},
): Promise<ChainReport> {
  const start = await database.inTransaction(hospital, (tx) => findStart(tx, wish))
  const { head, unlinked } = start
  if ('problem' in start)
    return { isWhole: false, problem: start.problem, after: 0, checked: 0, head, unlinked }
  const walked = await walk(database, hospital, start.from, head, wish)
  // What it began with was removed after its time, just now.
  if (walked.problem && (await database.read(hospital, readAnchor)).place > start.from.place)
    return checkChain(database, hospital, wish)
  const problem =
    walked.problem ??
    (wish.since === undefined && wish.last === undefined
      ? await findUnchained(database, hospital)
      : undefined)
  return {
    ...{ isWhole: problem === undefined, problem, after: start.from.place },
    ...{ checked: walked.checked, head: walked.end, unlinked },
  }
}

interface Measured {
  readonly head: ChainPlace
  readonly unlinked: number
}
type Start = Measured & ({ readonly from: ChainPlace } | { readonly problem: ChainProblem })

async function findStart(tx: Tx, { since, last }: CheckWish): Promise<Start> {
  const [head, anchor, unlinked] = await Promise.all([readHead(tx), readAnchor(tx), countUnlinked(tx)])
  const measured = { head, unlinked }
  if (since !== undefined) {
    const found = await readPlace(tx, since.place)
    if (found?.hash.equals(since.hash)) return { ...measured, from: found }
    if (found) return { ...measured, problem: chainProblem('rewritten', { place: since.place }) }
    if (since.place > head.place) return { ...measured, problem: chainProblem('cut', { place: since.place }) }
    if (since.place > anchor.place)
      return { ...measured, problem: chainProblem('gap', { place: since.place }) }
    throw badInput({
      field: 'since',
      message: `第 ${anchor.place} 环以前已经按保存期限移除，请用更晚记下的，至少是 ${chainPlaceText(anchor)}`,
    })
  }
  if (last !== undefined && head.place - last > anchor.place) {
    const place = head.place - last
    const from = await readPlace(tx, place)
    return from ? { ...measured, from } : { ...measured, problem: chainProblem('gap', { place }) }
  }
  if (anchor.place > BEGINNING.place && !(await isAudited(tx, anchor)))
    return { ...measured, problem: chainProblem('cut-beginning', { place: anchor.place }) }
  return { ...measured, from: anchor }
}

/** Who removes a beginning after its time says so in the audit: in the chain that goes on. */
async function isAudited(tx: Tx, { place, hash }: ChainPlace): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM audit_entry WHERE hospital_id = ${tx.hospitalId} AND action COLLATE "C" = ${REMOVED}
      AND detail @> ${JSON.stringify({ place, hash: hash.toString('hex') })}::jsonb LIMIT 1`.execute(tx.sql)
  return rows.length > 0
}

async function walk(
  database: Database,
  hospital: HospitalId,
  from: ChainPlace,
  head: ChainPlace,
  { onProgress }: CheckWish,
): Promise<{
  readonly checked: number
  readonly end: ChainPlace
  readonly problem: ChainProblem | undefined
}> {
  const readPage = (after: number) =>
    database.inTransaction(hospital, (tx) => readLinks(tx, after, LINKS_AT_ONCE))
  let beforePrevious: ChainPlace | undefined
  let previous: ChainPlace & { readonly entryId?: number } = from
  const checked = () => previous.place - from.place
  const broken = (problem: ChainProblem) => ({ checked: checked(), end: head, problem })
  for (let page = await readPage(from.place); ; ) {
    // The next page comes in while this one is hashed.
    const next = page.length < LINKS_AT_ONCE ? undefined : readPage(page.at(-1)?.place ?? 0)
    next?.catch(() => {})
    for (const [index, link] of page.entries()) {
      const wrong = lookAt(hospital, link, previous)
      if (wrong === 'hash') {
        const following = [...page.slice(index + 1), ...((await next) ?? [])]
        return broken(findBreak(hospital, { link, previous, beforePrevious, following }))
      }
      if (wrong) return broken(wrong)
      beforePrevious = previous
      previous = link
    }
    onProgress?.({ done: checked(), of: Math.max(head.place - from.place, checked()) })
    if (!next)
      return { checked: checked(), end: { place: previous.place, hash: previous.hash }, problem: undefined }
    page = await next
  }
}

function lookAt(hospital: HospitalId, link: Link, previous: ChainPlace): 'hash' | ChainProblem | undefined {
  const { place, entryId, entry, hash } = link
  if (place !== previous.place + 1) {
    const isBeginning = previous.place === BEGINNING.place
    return chainProblem(isBeginning ? 'cut-beginning' : 'gap', { place: previous.place + 1 })
  }
  if (!entry) return chainProblem('removed', { place, entryId })
  return hashEntry(previous.hash, hospital, entry).equals(hash) ? undefined : 'hash'
}
