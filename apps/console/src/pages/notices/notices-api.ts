import { get, type Query } from '../../api/request.ts'
import type { Tone } from '../../ui/state-words.ts'

export interface Notice {
  readonly id: string
  readonly key: string
  readonly userId: string
  readonly kindName: string
  readonly state: string
  readonly channel: string | null
  readonly channelName: string | null
  readonly problem: string | null
  readonly journey: string
  readonly campaignId: string | null
  readonly createdAtMs: number
  readonly settledAtMs: number | null
}

export interface NoticeDetail extends Notice {
  readonly nextAtMs: number | null
  readonly patient: string
  readonly steps: readonly {
    readonly name: string
    readonly note: string | null
    readonly tone: Tone
    readonly atMs: number
  }[]
  /** As it went to WeChat, name and card number masked. */
  readonly texts: readonly {
    readonly channel: string
    readonly channelName: string
    readonly msgId: string | null
    readonly lines: readonly { readonly name: string; readonly value: string }[]
  }[]
  readonly advice: string
}

export interface NoticeCount {
  readonly channel: string | null
  readonly state: string
  readonly count: number
}

export const noticesApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ notices: readonly Notice[]; next: string | null }>('/notices', query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<NoticeDetail>(`/notices/${encodeURIComponent(id)}`, { hospital }, signal),
  counts: (hospital: string, signal: AbortSignal) =>
    get<{ day: string; counts: readonly NoticeCount[] }>('/notices/counts', { hospital }, signal),
}
