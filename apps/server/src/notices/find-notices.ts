import type { Tx } from '../platform/database/tx.ts'
import { problemWords } from './delivery/refusals.ts'
import type { Notice } from './notice.ts'
import type { NoticeRow, NoticesTables } from './tables.ts'

/** The notices of these keys, oldest first, for a timeline. */
export async function findNotices(tx: Tx, keys: readonly string[]): Promise<readonly Notice[]> {
  if (keys.length === 0) return []
  const rows = await tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('notice_key', 'in', keys)
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute()
  return rows.map(noticeOf)
}

function noticeOf(row: NoticeRow): Notice {
  return {
    ...{ key: row.notice_key, kind: row.kind, state: row.state, channel: row.channel ?? undefined },
    problem: row.problem === null ? undefined : problemWords(row.problem),
    createdAtMs: row.created_at_ms,
    acceptedAtMs: row.accepted_at_ms ?? undefined,
    settledAtMs: row.settled_at_ms ?? undefined,
  }
}
