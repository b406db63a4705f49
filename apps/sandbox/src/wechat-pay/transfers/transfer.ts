import type { Fen } from '@zhangyi/core'

/** WeChat's own spellings: one R in TRANSFERING, one L in CANCELING, two in CANCELLED. */
export type TransferState =
  | 'ACCEPTED'
  | 'PROCESSING'
  | 'WAIT_USER_CONFIRM'
  | 'TRANSFERING'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED'

export const FINAL_STATES: readonly TransferState[] = ['SUCCESS', 'FAIL', 'CANCELLED']

export interface Transfer {
  readonly outBillNo: string
  readonly transferBillNo: string
  readonly appid: string
  readonly openid: string
  readonly userName: string | undefined
  readonly amountFen: Fen
  readonly remark: string
  readonly sceneId: string
  readonly notifyUrl: string | undefined
  readonly fingerprint: string
  readonly createdMs: number
  updatedMs: number
  state: TransferState
  failReason?: string | undefined
  /** The newest one; older ones are stale. */
  packageInfo?: string | undefined
  /** Why it is not at WAIT_USER_CONFIRM yet: no funds, or a fault that lasts until it is posted again. */
  waitingFor?: 'funds' | 'repost' | undefined
  /** When TRANSFERING or CANCELING ends. */
  settlesMs?: number | undefined
  /** The payee's confirmation was on its way when the cancel was accepted. */
  confirmWins?: boolean | undefined
  hiddenUntilMs?: number | undefined
}
