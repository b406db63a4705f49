import type { NoticeChannel, NoticeKind } from '../platform/hospitals/notices-config.ts'
import type { CampaignState } from './campaigns/campaign.ts'
import type { NoticeState } from './notice.ts'

// Types, not interfaces: Kysely asks for an index signature.
export type NoticeRow = {
  hospital_id: string
  id: string
  notice_key: string
  kind: NoticeKind
  campaign_id: string | null
  user_id: string
  journey: string
  content: Buffer
  state: NoticeState
  channel: NoticeChannel | null
  problem: string | null
  tries: number
  created_at_ms: number
  accepted_at_ms: number | null
  settled_at_ms: number | null
  next_action_at_ms: number | null
}

export type SendingRow = {
  hospital_id: string
  notice_id: string
  channel: NoticeChannel
  appid: string
  request: Buffer | null
  state: 'asked' | 'yes' | 'no' | 'unknown'
  doubtful: boolean
  sendings: number
  code: string | null
  msg_id: string | null
  retry_at_ms: number | null
  first_sent_at_ms: number | null
  sent_at_ms: number | null
}

export type EventRow = {
  hospital_id: string
  id: string
  msg_id: string
  told: 'delivered' | 'blocked' | 'failed'
  state: 'stored' | 'worked' | 'foreign'
  looks: number
  received_at_ms: number
  next_action_at_ms: number | null
}

export type CampaignRow = {
  hospital_id: string
  id: string
  name: string
  state: CampaignState
  problem: string | null
  created_by: string
  created_at_ms: number
  started_at_ms: number | null
  done_at_ms: number | null
  looks: number
  next_action_at_ms: number | null
}

export type TargetRow = {
  hospital_id: string
  campaign_id: string
  person: string
  user_id: string | null
  content: Buffer
  state: 'waiting' | 'queued' | 'unreachable'
  notice_id: string | null
  added_at_ms: number
}

export type NoticesTables = {
  notice: NoticeRow
  notice_sending: SendingRow
  notice_event: EventRow
  notice_campaign: CampaignRow
  campaign_target: TargetRow
}
