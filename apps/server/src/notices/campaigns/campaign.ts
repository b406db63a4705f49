import type { Fen, Sensitive } from '@zhangyi/core'

/** `draft` gathers targets · `running` · `paused` by an operator or a fault · `done` everybody was handed on. */
export type CampaignState = 'draft' | 'running' | 'paused' | 'done'

export interface CampaignTarget {
  /** The asking room's own key of the person, never a document number: nobody is told twice in one campaign. */
  readonly person: string
  /** Undefined: no user of ours, so that the person goes to the list for SMS or phone at once. */
  readonly userId: string | undefined
  readonly patientName: Sensitive
  readonly cardNumber: Sensitive | undefined
  readonly balanceFen: Fen
  /** For the list of those who cannot be reached. */
  readonly phone: Sensitive | undefined
  /** Path in the mini program. */
  readonly page: string
}

/** How far a campaign is; each target counts once. */
export interface CampaignProgress {
  readonly id: string
  readonly name: string
  readonly state: CampaignState
  /** Why it paused by itself, in Chinese. */
  readonly problem: string | undefined
  readonly createdBy: string
  readonly createdAtMs: number
  readonly startedAtMs: number | undefined
  readonly doneAtMs: number | undefined
  readonly targets: number
  readonly waiting: number
  /** Handed to a channel, or about to be. */
  readonly underWay: number
  readonly accepted: number
  readonly delivered: number
  readonly unknown: number
  /** To be called or sent an SMS: nobody's channel took it, or WeChat told that it failed. */
  readonly unreachable: number
}

/** Somebody whom WeChat did not reach. */
export interface UnreachableTarget {
  readonly person: string
  readonly patientName: Sensitive
  readonly cardNumber: Sensitive | undefined
  readonly balanceFen: Fen
  readonly phone: Sensitive | undefined
  /** In Chinese. */
  readonly problem: string
}
