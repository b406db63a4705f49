import { newId } from '@zhangyi/core'
import { type PreparedRequest, restoreRequest, type StoredRequest, storeRequest } from '@zhangyi/wechat-pay'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsParts } from '../room.ts'
import type { AttemptEndpoint, AttemptRow, PaymentsTables } from '../tables.ts'

const CONTEXT = 'payment_attempt.request'

/** Whose attempt it is: a payment order's, one of its refunds', or a transfer's. */
export type AttemptOwner =
  | { readonly orderId: string; readonly refundId?: string }
  | { readonly transferId: string }

export interface NewAttempt {
  readonly of: AttemptOwner
  readonly prepared: PreparedRequest<AttemptEndpoint>
  /** The attempt, by query CLOSED or never there, that this one replaces. */
  readonly replaces?: string | undefined
  /** Which request under its number; the first unless told. */
  readonly version?: number | undefined
  /** Sent at once: its first sending is counted in the same statement. */
  readonly isCounted?: boolean
}

/** The intent with its exact bytes, before anything is sent. The caller holds the order or transfer. */
export function storeAttempt(
  tx: Tx,
  { cipher, clock }: Pick<PaymentsParts, 'cipher' | 'clock'>,
  { of, prepared, replaces, version = 1, isCounted = false }: NewAttempt,
): AttemptRow {
  const nowMs = clock.nowMs()
  const attempt: AttemptRow = {
    ...{ hospital_id: tx.hospitalId, id: newId('att'), replaces: replaces ?? null, ...ownerOf(of) },
    ...{ endpoint: prepared.endpoint, mchid: prepared.mchid, number: prepared.number, version },
    request: cipher.seal(JSON.stringify(storeRequest(prepared)), CONTEXT),
    ...{ sendings: isCounted ? 1 : 0, state: isCounted ? 'asked' : 'stored', doubtful: false },
    ...{ last_class: null, last_problem: null, request_id: null, queried_state: null },
    ...{ created_at_ms: nowMs, sent_at_ms: isCounted ? nowMs : null },
  }
  tx.later(tx.sql.withTables<PaymentsTables>().insertInto('payment_attempt').values(attempt))
  return attempt
}

function ownerOf(of: AttemptOwner): Pick<AttemptRow, 'payment_order_id' | 'refund_id' | 'transfer_id'> {
  return 'transferId' in of
    ? { payment_order_id: null, refund_id: null, transfer_id: of.transferId }
    : { payment_order_id: of.orderId, refund_id: of.refundId ?? null, transfer_id: null }
}

/** The stored bytes of an attempt. Throws if they are not whole, or not of this endpoint. */
export function restoreAttempt<E extends AttemptEndpoint>(
  cipher: Cipher,
  { request }: AttemptRow,
  endpoint: E,
): PreparedRequest<E> {
  const stored = JSON.parse(cipher.open(request, CONTEXT).reveal()) as StoredRequest
  const restored = restoreRequest(stored)
  if (restored.endpoint !== endpoint)
    throw new Error(`an attempt of ${restored.endpoint}, not of ${endpoint}`)
  return { ...restored, endpoint }
}

/** Oldest first. */
export function findAttempts(tx: Tx, orderId: string): Promise<AttemptRow[]> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_attempt')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('payment_order_id', '=', orderId)
    .orderBy('created_at_ms')
    .orderBy('version')
    .orderBy('id')
    .execute()
}

/** The newest request under a number. */
export function findAttemptByNumber(
  tx: Tx,
  endpoint: AttemptEndpoint,
  number: string,
): Promise<AttemptRow | undefined> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_attempt')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('endpoint', '=', endpoint)
    .where('number', '=', number)
    .orderBy('version', 'desc')
    .executeTakeFirst()
}

/** Of a transfer's newest number, the newest request. */
export function findNewestAttempt(tx: Tx, transferId: string): Promise<AttemptRow | undefined> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_attempt')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('endpoint', '=', 'transfer-create')
    .where('number', '=', ({ selectFrom }) =>
      selectFrom('transfer_order')
        .select('out_bill_no')
        .where('hospital_id', '=', tx.hospitalId)
        .where('id', '=', transferId),
    )
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}
