import { assertNever } from '@zhangyi/core'
import {
  NOTIFY_ACCEPTED,
  type Notification,
  type NotifiedEvent,
  type NotifyAnswer,
  refuseNotification,
  type SignedMessage,
} from '@zhangyi/wechat-pay'
import { recordCallback } from '../../platform/callbacks/record-callback.ts'
import { recordRefusal } from '../../platform/callbacks/record-refusal.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Merchant } from '../merchant.ts'
import { PAYMENTS_WORK, type PaymentsRoom } from '../room.ts'
import type { PaymentsTables } from '../tables.ts'

export const NOTICE_CONTEXT = 'payment_notice.body'
const MAX_NUMBER = 64

/** Verifies, stores, commits, and only then answers; the work comes after. WeChat waits five seconds. */
export async function receiveNotice(
  room: PaymentsRoom,
  { hospital, client }: Merchant,
  message: SignedMessage,
): Promise<NotifyAnswer> {
  const opened = client.openNotification(message)
  if (!opened.ok) {
    // The ring counts both; a probe is WeChat's own test, and no alarm belongs to it.
    if (opened.why === 'probe')
      room.log.info({ hospital: hospital.id }, 'signature probe of WeChat Pay refused')
    else room.log.warn({ hospital: hospital.id, why: opened.why }, 'callback of WeChat Pay refused')
    await recordRefusal(room, hospital.id, {
      ...{ platform: 'wechat-pay', kind: '', number: '', code: opened.why },
      signature: opened.why === 'ciphertext' || opened.why === 'malformed' ? 'good' : 'bad',
    })
    return refuseNotification(opened.why)
  }
  try {
    await room.database.inTransaction(hospital.id, (tx) => storeNotice(tx, room, opened))
    return NOTIFY_ACCEPTED
  } catch (error) {
    room.log.error({ err: error }, 'callback of WeChat Pay could not be stored')
    return refuseNotification('not-stored')
  }
}

/** Once by its envelope and once by what it says of a number: WeChat sends it again, also under another envelope. */
async function storeNotice(
  tx: Tx,
  room: PaymentsRoom,
  { id, eventType, event }: Notification,
): Promise<void> {
  const nowMs = room.clock.nowMs()
  const subject = subjectOf(event, id)
  const stored = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('payment_notice')
    .values({
      ...{ hospital_id: tx.hospitalId, id, event_type: eventType, ...subject },
      body: room.cipher.seal(JSON.stringify(event), NOTICE_CONTEXT),
      ...{ state: 'stored', looks: 0, received_at_ms: nowMs, next_action_at_ms: nowMs },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  recordCallback(tx, {
    ...{ receivedAtMs: nowMs, platform: 'wechat-pay', kind: eventType, signature: 'good', key: id },
    ...{ number: subject.number, outcome: stored ? 'stored' : 'duplicate', facts: factsOf(event) },
  })
  if (stored) await room.jobs.wake(tx, PAYMENTS_WORK)
}

function subjectOf(event: NotifiedEvent, id: string): { number: string; number_state: string } {
  switch (event.kind) {
    case 'payment': {
      const { payment } = event
      const state = payment.tradeState === 'UNRECOGNISED' ? payment.raw : payment.tradeState
      return { number: payment.outTradeNo, number_state: state }
    }
    case 'refund': {
      const { refund } = event
      return {
        number: refund.outRefundNo,
        number_state: refund.status === 'UNRECOGNISED' ? refund.raw : refund.status,
      }
    }
    case 'transfer':
      return { number: event.transfer.outBillNo, number_state: event.transfer.state }
    case 'unrecognised':
      return { number: id.slice(0, MAX_NUMBER), number_state: '' }
    default:
      return assertNever(event)
  }
}

/** What may be looked at; who paid and whom stays sealed. */
function factsOf(event: NotifiedEvent): Readonly<Record<string, string | number | null>> {
  switch (event.kind) {
    case 'payment': {
      const { outTradeNo, transactionId = null, tradeState, totalFen = null } = event.payment
      return { outTradeNo, transactionId, tradeState, totalFen }
    }
    case 'refund': {
      const { outRefundNo, refundId, status, refundFen } = event.refund
      return { outRefundNo, refundId, status, refundFen }
    }
    case 'transfer': {
      const { outBillNo, transferBillNo, state, amountFen, failReason = null } = event.transfer
      return { outBillNo, transferBillNo, state, amountFen, failReason }
    }
    case 'unrecognised':
      return {}
    default:
      return assertNever(event)
  }
}
