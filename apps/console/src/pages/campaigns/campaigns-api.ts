import { download, get, post, type Query } from '../../api/request.ts'

/** Whom a campaign is about, by the ledger. */
export interface CampaignWish {
  readonly minFen: number
  readonly sinceBefore?: string
  readonly again: boolean
}

export interface Campaign {
  readonly id: string
  readonly name: string
  readonly state: 'draft' | 'running' | 'paused' | 'done'
  /** Why it paused by itself. */
  readonly problem: string | null
  readonly createdBy: string
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly doneAtMs: number | null
  readonly of: { readonly minFen: number; readonly sinceBefore: string | null; readonly again: boolean }
  readonly gathering: { readonly done: boolean; readonly lookedAt: number; readonly gathered: number }
  readonly targets: number
  readonly waiting: number
  readonly underWay: number
  readonly accepted: number
  readonly delivered: number
  readonly unknown: number
  readonly unreachable: number
}

/** By which channels, when, how fast, and what a patient reads. */
export interface CampaignWay {
  readonly samples: readonly {
    readonly channel: 'assistant' | 'template' | 'subscribe'
    readonly lines: readonly { readonly field: string; readonly text: string }[]
  }[]
  readonly from: string
  readonly to: string
  readonly perMinute: number
}

export interface Preview {
  readonly targets: number
  readonly fen: number
  readonly reachable: number
  readonly withPhone: number
  readonly withoutPhone: number
  readonly toldBefore: number
  readonly isCut: boolean
  readonly way: CampaignWay
}

const ROOT = '/refunds/campaigns'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`

export const campaignsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ campaigns: readonly Campaign[]; next: string | null }>(ROOT, query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) => get<Campaign>(of(id), { hospital }, signal),
  way: (hospital: string, signal: AbortSignal) => get<CampaignWay>(`${ROOT}/way`, { hospital }, signal),
  preview: (hospital: string, wish: CampaignWish) => post<Preview>(`${ROOT}/preview`, { hospital, ...wish }),
  create: (hospital: string, wish: CampaignWish & { readonly name: string }) =>
    post<Campaign>(ROOT, { hospital, ...wish }),
  /** `run` or `pause`. */
  change: (hospital: string, id: string, action: 'run' | 'pause') =>
    post<Campaign>(`${of(id)}/${action}`, { hospital }),
  exportUnreachable: (hospital: string, id: string, reason: string) =>
    download(`${of(id)}/unreachable`, { hospital, reason }),
}
