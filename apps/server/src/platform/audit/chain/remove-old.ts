import { type Clock, DAY_MS, type HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import { currentTraceId } from '../../http/trace.ts'
import type { Log } from '../../log.ts'
import type { Settings } from '../../settings/settings.ts'
import { recordAudit } from '../record-audit.ts'
import type { ChainPlace } from './chain-place.ts'
import { lockChain, readAnchor, readLinks } from './chain-rows.ts'
import { REMOVED } from './check-chain.ts'
import { hashEntry } from './entry-hash.ts'

const REMOVED_AT_ONCE = 5_000

export interface Keeping {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'auditKeepDays'>
  readonly log: Pick<Log, 'error'>
}

/**
 * Removes entries from the beginning of a chain whose time is over, as far as they are whole: what was tampered with is
 * evidence and stays. The hash that stood at the end of them is kept as an anchor, and that they were removed is audited.
 * Returns how many.
 */
export async function removeOld(
  { database, clock, settings, log }: Keeping,
  hospital: HospitalId,
): Promise<number> {
  const beforeMs = clock.nowMs() - settings.auditKeepDays * DAY_MS
  return database.inTransaction(hospital, async (tx) => {
    // The usual case is that the first one is young.
    const [first] = await readLinks(tx, 0, 1)
    if (!first?.entry || first.entry.at_ms >= beforeMs) return 0
    lockChain(tx)
    const anchor = await readAnchor(tx)
    let end: ChainPlace = anchor
    for (const { place, hash, entry } of await readLinks(tx, anchor.place, REMOVED_AT_ONCE)) {
      if (entry && entry.at_ms >= beforeMs) break
      if (!entry || place !== end.place + 1 || !hashEntry(end.hash, hospital, entry).equals(hash)) {
        log.error({ hospital, place }, 'the beginning of the audit chain is broken and stays')
        break
      }
      end = { place, hash }
    }
    if (end === anchor) return 0
    const removed = end.place - anchor.place
    await sql`SELECT audit_remove_beginning(${hospital}, ${end.place}, ${end.hash}, ${clock.nowMs()})`.execute(
      tx.sql,
    )
    recordAudit(tx, {
      ...{ atMs: clock.nowMs(), actor: 'system:audit', action: REMOVED, subject: 'audit' },
      ...{ traceId: currentTraceId() },
      detail: { removed, place: end.place, hash: end.hash.toString('hex') },
    })
    return removed
  })
}
