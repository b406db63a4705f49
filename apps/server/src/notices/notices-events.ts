import type { Tx } from '../platform/database/tx.ts'
import type { NoticeChannel } from '../platform/hospitals/notices-config.ts'
import type { NoticeRow } from './tables.ts'

/** What this room tells others in the transaction in which it becomes known; `app.ts` wires who listens. */
export interface NoticesEvents {
  /**
   * The patient was told, as far as WeChat says: it delivered the message, or took one of whose delivery it never tells.
   * Once for a notice.
   */
  told(tx: Tx, notice: ToldNotice): Promise<void>
}

export interface ToldNotice {
  readonly key: string
  readonly userId: string
  readonly subject: NoticeSubject
  readonly channel: NoticeChannel
  readonly atMs: number
}

/** What the asking room called it: the `person` of a campaign's target, or the `journey` of a single notice. */
export type NoticeSubject =
  | { readonly of: 'campaign'; readonly person: string }
  | { readonly of: 'journey'; readonly journey: string }

/** The key of the notice to a campaign's target. */
export function campaignKey(campaignId: string, person: string): string {
  return `${prefixOf(campaignId)}${person}`
}

export function toldNotice(row: NoticeRow, channel: NoticeChannel, atMs: number): ToldNotice {
  const { notice_key: key, user_id: userId, campaign_id: campaignId, journey } = row
  const subject: NoticeSubject =
    campaignId === null
      ? { of: 'journey', journey }
      : { of: 'campaign', person: key.slice(prefixOf(campaignId).length) }
  return { key, userId, subject, channel, atMs }
}

function prefixOf(campaignId: string): string {
  return `campaign:${campaignId}:`
}
