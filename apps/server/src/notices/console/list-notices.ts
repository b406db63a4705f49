import { DAY_MS, type HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { NoticeChannel, NoticeKind } from '../../platform/hospitals/notices-config.ts'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import { channelName, problemWords } from '../delivery/refusals.ts'
import type { NoticeState } from '../notice.ts'
import type { NoticeRow } from '../tables.ts'
import type { ListedNotice, NoticeCounts } from './console-views.ts'
import { KIND_NAMES } from './words.ts'

export interface NoticeWish extends ListTimes {
  readonly state?: NoticeState | undefined
  readonly kind?: NoticeKind | undefined
  readonly channel?: NoticeChannel | undefined
  /** Of the notice, its key, its user or refund, or WeChat's of the message. */
  readonly number?: string | undefined
}

/** Newest first, each filter by an index of its own. */
export function noticesQuery(hospital: HospitalId, wish: NoticeWish, limit: number): RawBuilder<NoticeRow> {
  const { state, kind, channel, number } = wish
  const conditions = [
    sql`hospital_id = ${hospital}`,
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(channel === undefined ? [] : [sql`channel = ${channel}`]),
    ...(number === undefined ? [] : [ofNumber(hospital, number)]),
    ...inTime(sql`created_at_ms`, sql`id`, wish),
  ]
  return sql<NoticeRow>`SELECT * FROM notice WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms DESC, id DESC LIMIT ${limit}`
}

function ofNumber(hospital: HospitalId, number: string): RawBuilder<unknown> {
  const ids = (column: RawBuilder<unknown>) =>
    sql`SELECT id FROM notice WHERE hospital_id = ${hospital} AND ${column} = ${number}`
  const columns = [sql`id`, sql`notice_key`, sql`user_id`, sql`journey`]
  // By an array: as a subquery it may be joined, with the whole table read.
  return sql`id = ANY (ARRAY(${sql.join(columns.map(ids), sql` UNION `)}
    UNION SELECT notice_id FROM notice_sending WHERE hospital_id = ${hospital} AND msg_id = ${number}))`
}

export function viewListed(row: NoticeRow): ListedNotice {
  return {
    ...{ id: row.id, key: row.notice_key, userId: row.user_id },
    ...{ kind: row.kind, kindName: KIND_NAMES[row.kind], state: row.state, channel: row.channel },
    channelName: row.channel && channelName(row.channel),
    problem: row.problem && problemWords(row.problem),
    ...{ journey: row.journey, campaignId: row.campaign_id },
    ...{ createdAtMs: row.created_at_ms, settledAtMs: row.settled_at_ms },
  }
}

/** The notices of a day, from the index alone. */
export function countsQuery(
  hospital: HospitalId,
  fromMs: number,
): RawBuilder<NoticeCounts['counts'][number]> {
  return sql<NoticeCounts['counts'][number]>`
    SELECT channel, state, count(*) FROM notice
    WHERE hospital_id = ${hospital} AND created_at_ms >= ${fromMs} AND created_at_ms < ${fromMs + DAY_MS}
    GROUP BY channel, state ORDER BY channel, state`
}
