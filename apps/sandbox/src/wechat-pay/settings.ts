import { fen, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { z } from 'zod'
import { LOCAL_HOSTS } from '../kit/callback-address.ts'
import { DEFAULT_SCENES } from './transfers/scenes.ts'

const ms = z.number().int().min(0)
const amount = z.number().int().min(0).transform(fen)

/** What differs between merchants, or is not known of the real platform, is a setting. */
export const settingsSchema = z.strictObject({
  /** Whether the balance API answers; most ordinary merchants get NO_AUTH. */
  balanceApi: z.boolean(),
  /** What a transfer without funds does: 403 NOT_ENOUGH, or accepted and stuck until a top-up. */
  whenNotEnough: z.enum(['refuse', 'accept', 'processing']),
  /** From the patient's confirmation to SUCCESS. */
  transferSettleMs: ms,
  /** From an accepted cancel to CANCELLED. */
  cancelSettleMs: ms,
  /** How long after 24 h an unconfirmed transfer is really closed. */
  closeLagMs: ms,
  /** Highest amount of one transfer, as set in the merchant's console. */
  transferLimitFen: amount,
  /** Approved scenes and the exact report texts of each. */
  scenes: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  /** Refund to change (零钱), and to a bank card. */
  refundSettleMs: ms,
  refundToCardMs: ms,
  refundSpacingMs: ms,
  receiptMs: ms,
  billTokenMs: ms,
  /** Whether the fund-flow bill shows the 支出 of a transfer when funds are locked, or only when it is paid. */
  transferBooking: z.enum(['at-lock', 'at-success']),
  transferBillName: z.string().min(1),
  transferBillReturnType: z.string().min(1),
  /** Host names to which callbacks go and pages lead back. */
  callbackHosts: z.array(z.string().min(1)).max(20),
  /** Whether callbacks go out when they are due, or only by the action `deliver-due`: then a test says in which order. */
  autoDeliver: z.boolean(),
})

export type PaySettings = z.output<typeof settingsSchema>

export const DEFAULT_SETTINGS: PaySettings = {
  balanceApi: true,
  whenNotEnough: 'refuse',
  transferSettleMs: SECOND_MS,
  cancelSettleMs: SECOND_MS,
  // Seen in the field: closed at 24 h 48 min.
  closeLagMs: 48 * MINUTE_MS,
  transferLimitFen: fen(2_000_000),
  scenes: DEFAULT_SCENES,
  refundSettleMs: 3 * SECOND_MS,
  refundToCardMs: 24 * HOUR_MS,
  refundSpacingMs: MINUTE_MS,
  receiptMs: MINUTE_MS,
  billTokenMs: 5 * MINUTE_MS,
  transferBooking: 'at-lock',
  transferBillName: '商家转账',
  transferBillReturnType: '商家转账退回',
  callbackHosts: [...LOCAL_HOSTS],
  autoDeliver: true,
}
