import { type ApiV3Key, decryptResource } from './aead.ts'
import { WechatPayCryptoError } from './errors.ts'
import type { KeyRing } from './key-ring.ts'
import { type PaymentAnswer, readPaymentAnswer } from './payment-answer.ts'
import {
  MalformedAnswer,
  type Members,
  malformed,
  optionalText,
  optionalTimeMs,
  parseMembers,
  present,
  requiredMembers,
  requiredText,
} from './read-members.ts'
import { type RefundNotice, readRefundNotice } from './refund-answer.ts'
import { readTransferNotice, type TransferNotice } from './transfer-answer.ts'
import { type SignedMessage, type VerifyFailure, verifySigned } from './verify.ts'

const MAX_BODY_BYTES = 1024 * 1024

/** What happened. All of it is a hint: the query of the number is the authority. */
export type NotifiedEvent =
  | { readonly kind: 'payment'; readonly payment: PaymentAnswer }
  | { readonly kind: 'refund'; readonly refund: RefundNotice }
  | { readonly kind: 'transfer'; readonly transfer: TransferNotice }
  /** An event that this version does not know, decrypted. Keep it, answer that it was accepted. */
  | { readonly kind: 'unrecognised'; readonly resource: Members }

export interface Notification {
  readonly ok: true
  /** The envelope's id: the same on every resending. Key on it *and* on (number, state). */
  readonly id: string
  readonly eventType: string
  readonly createTimeMs?: number
  readonly event: NotifiedEvent
}

/**
 * - a `VerifyFailure`: not WeChat's, or a probe, which is counted apart in the ring and raises no alarm.
 * - `ciphertext`: signed by WeChat, but not sealed with this merchant's APIv3 key.
 * - `malformed`: verified, and yet not what the contract says.
 */
export interface RefusedNotification {
  readonly ok: false
  readonly why: VerifyFailure | 'ciphertext' | 'malformed'
}

/**
 * Verifies on the raw bytes, then decrypts, then reads. Never throws for what arrives; throws `WechatPayCryptoError` for
 * an APIv3 key that cannot be one. Afterwards: store, commit, answer within five seconds, work later.
 */
export function openNotification(
  message: SignedMessage,
  ring: KeyRing,
  apiV3Key: ApiV3Key,
  nowMs: number,
): Notification | RefusedNotification {
  if (message.rawBody.length > MAX_BODY_BYTES) return { ok: false, why: 'malformed' }
  const verified = verifySigned(message, ring, nowMs)
  if (!verified.ok) return verified
  try {
    return readNotification(parseMembers(message.rawBody) ?? malformed('body'), apiV3Key)
  } catch (error) {
    if (error instanceof MalformedAnswer) return { ok: false, why: 'malformed' }
    if (error instanceof WechatPayCryptoError && error.kind === 'ciphertext')
      return { ok: false, why: 'ciphertext' }
    throw error
  }
}

export interface NotifyAnswer {
  readonly status: number
  readonly body: { readonly code: 'FAIL'; readonly message: string } | undefined
}

/** Stored and committed: WeChat does not send it again. */
export const NOTIFY_ACCEPTED: NotifyAnswer = { status: 204, body: undefined }

/** Refused, or our own storage failed: WeChat sends it again, up to 15 times in about a day. */
export function refuseNotification(why: RefusedNotification['why'] | 'not-stored'): NotifyAnswer {
  const status = why === 'not-stored' ? 500 : why === 'malformed' || why === 'ciphertext' ? 400 : 401
  return { status, body: { code: 'FAIL', message: why } }
}

function readNotification(envelope: Members, apiV3Key: ApiV3Key): Notification {
  const resource = requiredMembers(envelope, 'resource')
  const eventType = requiredText(envelope, 'event_type')
  if (requiredText(resource, 'algorithm') !== 'AEAD_AES_256_GCM') malformed('algorithm')
  const sealed = {
    ciphertext: requiredText(resource, 'ciphertext'),
    nonce: requiredText(resource, 'nonce'),
    associated_data: optionalText(resource, 'associated_data'),
  }
  const plain = parseMembers(decryptResource(sealed, apiV3Key)) ?? malformed('resource')
  return {
    ok: true,
    id: requiredText(envelope, 'id'),
    eventType,
    ...present({ createTimeMs: optionalTimeMs(envelope, 'create_time') }),
    event: readEvent(eventType, plain),
  }
}

function readEvent(eventType: string, plain: Members): NotifiedEvent {
  switch (eventType) {
    case 'TRANSACTION.SUCCESS':
      return { kind: 'payment', payment: readPaymentAnswer(plain) }
    case 'REFUND.SUCCESS':
    case 'REFUND.ABNORMAL':
    case 'REFUND.CLOSED':
      return { kind: 'refund', refund: readRefundNotice(plain) }
    case 'MCHTRANSFER.BILL.FINISHED':
      return { kind: 'transfer', transfer: readTransferNotice(plain) }
    default:
      return { kind: 'unrecognised', resource: plain }
  }
}
