import type { Fen, Sensitive } from '@zhangyi/core'
import type { NoticeChannel, NoticeKind } from '../platform/hospitals/notices-config.ts'

/**
 * `queued` waits for a channel · `sending` was asked, nobody can say yet · `accepted` WeChat took it · `delivered`,
 * `failed` as WeChat told later · `unknown` never told · `unreachable` no channel leads to this person.
 */
export type NoticeState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'delivered'
  | 'failed'
  | 'unknown'
  | 'unreachable'

export interface NewNotice {
  readonly kind: NoticeKind
  /** Ours, of the thing that happened, never anything of a person: the same key is one notice. */
  readonly key: string
  readonly userId: string
  readonly patientName: Sensitive
  readonly cardNumber: Sensitive | undefined
  /** Undefined where the HIS did not say: a template whose 余额 takes numbers only is then not sent. */
  readonly balanceFen: Fen | undefined
  readonly amountFen: Fen | undefined
  /** Path in the mini program, e.g. `pages-refund/mine/mine`; short keys of ours in its query, nothing of a person. */
  readonly page: string
  /** Our id of the refund: at 就医助手 its notices make one journey. Letters, digits, `_` and `-`. */
  readonly journey?: string
}

/** For a timeline. */
export interface Notice {
  readonly key: string
  readonly kind: NoticeKind
  readonly state: NoticeState
  readonly channel: NoticeChannel | undefined
  /** For the operator, in Chinese: why it waits, or did not go. */
  readonly problem: string | undefined
  readonly createdAtMs: number
  readonly acceptedAtMs: number | undefined
  readonly settledAtMs: number | undefined
}
