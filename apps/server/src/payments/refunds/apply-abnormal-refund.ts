import type { HospitalId } from '@zhangyi/core'
import { type AbnormalRefundInput, WechatPayInputError } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import { storeAttempt } from '../attempts/attempts.ts'
import { countSending, sendCounted } from '../attempts/send-attempt.ts'
import { auditPayments } from '../audit.ts'
import { LEASE_MS } from '../back-off.ts'
import { findRefundRow } from '../find-payments.ts'
import { type Merchant, merchantOf } from '../merchant.ts'
import type { Refund } from '../payment-order.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow } from '../tables.ts'
import { changeRefund, holdRefund } from './held-refund.ts'
import { settleRefundNow } from './settle-refund-now.ts'

/** Whither the money goes: a bank card of the patient, or the hospital's own. */
export type AbnormalTarget = AbnormalRefundInput['to']

export interface AppliedRefund {
  readonly refund: Refund
  /** `unknown`: look again; the same may be asked for after some minutes. */
  readonly outcome: 'accepted' | 'refused' | 'unknown'
  /** WeChat's code where it was not accepted. */
  readonly problem?: string
}

const NOT_SO = '微信没有说这笔退款“退款异常”，不能这样办理。'
const UNDER_WAY = '这笔退款刚刚发起过异常退款，还不知道结果，请过几分钟再看。'
const NO_ANSWER = '暂时查不到这笔退款，没有发出任何请求，请稍后再试。'

/**
 * 发起异常退款: sends the money of an ABNORMAL refund elsewhere, once a query of now says that it is ABNORMAL still. The
 * refund keeps its number, and needs a person until a query says SUCCESS. To the hospital's own card (MERCHANT_BANK_CARD)
 * SUCCESS means that the hospital has the money and owes it to the patient: the caller has to see to that. Throws
 * `payment-refused`, `payment-unavailable`, and `bad-input` for a card that WeChat would not take.
 */
export async function applyAbnormalRefund(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  refundId: string,
  to: AbnormalTarget,
): Promise<AppliedRefund> {
  const merchant = merchantOf(room, hospitalId)
  const look = await settleRefundNow(room, hospitalId, refundId)
  if (look.said === 'no-answer') throw new AppError('payment-unavailable', { zh: NO_ANSWER })
  const { wechatRefundId } = look
  if (look.said !== 'ABNORMAL' || wechatRefundId === undefined)
    throw new AppError('payment-refused', { zh: NOT_SO })
  const attempt = await room.database.inTransaction(hospitalId, (tx) =>
    storeApplication(tx, room, merchant, { refundId, wechatRefundId, to }),
  )
  const { sendAbnormalRefund } = merchant.client
  const { kind, call } = await sendCounted(room, hospitalId, attempt, 'refund-abnormal', sendAbnormalRefund)
  const { refund } = await settleRefundNow(room, hospitalId, refundId)
  if (kind === 'yes') return { refund, outcome: 'accepted' }
  return { refund, outcome: kind === 'no' ? 'refused' : 'unknown', problem: call.code ?? call.class }
}

interface Application {
  readonly refundId: string
  readonly wechatRefundId: string
  readonly to: AbnormalTarget
}

/** The intent with its exact bytes, counted as sent while the refund is held: two operators send one after the other. */
async function storeApplication(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant,
  { refundId, wechatRefundId, to }: Application,
): Promise<AttemptRow> {
  const { payment_order_id } = await findRefundRow(tx, refundId)
  const { order, refund, attempts, applications } = await holdRefund(tx, payment_order_id, refundId)
  const live = attempts.at(-1)
  if (refund.state !== 'needs-person' || live?.queried_state !== 'ABNORMAL')
    throw new AppError('payment-refused', { zh: NOT_SO })
  const nowMs = room.clock.nowMs()
  const last = applications.at(-1)
  const isOpen = last?.state === 'asked' || last?.state === 'unknown'
  if (isOpen && nowMs - (last.sent_at_ms ?? 0) < LEASE_MS)
    throw new AppError('payment-refused', { zh: UNDER_WAY })
  const attempt = storeAttempt(tx, room, {
    of: { orderId: order.id, refundId },
    prepared: prepare(merchant, { refundId: wechatRefundId, outRefundNo: live.number, to }),
    version: applications.length + 1,
  })
  // It is looked at soon again: no longer in vain.
  await changeRefund(tx, refund, { looks: 0, next_action_at_ms: nowMs + LEASE_MS })
  auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refund-redirected`, subject: order.id },
    detail: { refund: refundId, to: to.type },
  })
  return countSending(tx, room.clock, attempt)
}

function prepare({ client }: Merchant, input: AbnormalRefundInput) {
  try {
    return client.prepareAbnormalRefund(input)
  } catch (error) {
    if (!(error instanceof WechatPayInputError)) throw error
    throw badInput({ field: error.field, message: '微信不接受这样的写法，请核对' })
  }
}
