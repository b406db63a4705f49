import { MINUTE_MS } from '@zhangyi/core'
import { HealthCardError, type UniformVerifyResult } from '@zhangyi/health-card'
import type { PatientRow } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { healthCardOf } from '../../platform/clients/health-card-of.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationRoom } from '../room.ts'
import type { VerificationView } from '../verification-view.ts'
import { forgiveAttempts } from './attempts.ts'
import { grantOrder } from './grant-order.ts'
import type { OrderRow } from './order.ts'
import { showOrder, viewOrder } from './show-order.ts'
import { changeOrder, type OwnOrder, withOwnOrder } from './with-own-order.ts'

/**
 * Asks the platform what became of a verification in state `checking` (checkUniformVerifyResult, with our own two
 * numbers). Only `suc` true makes a grant; no answer is no result, and the patient may ask again.
 */
export async function checkResult(
  room: VerificationRoom,
  session: Session,
  id: string,
): Promise<VerificationView> {
  const order = await withOwnOrder(room, session, id, async (_tx, own) => own.order)
  if (order.state !== 'checking' || !order.verify_order_id || !order.register_order_id)
    return viewOrder(room, session, id)
  const result = await ask(room, session, order)
  return withOwnOrder(room, session, id, async (tx, own) => {
    if (own.order.state !== 'checking') return showOrder(room, session, tx, own)
    const after = await settle(room, session, tx, own, result)
    return showOrder(room, session, tx, { order: after, patient: own.patient })
  })
}

async function ask(
  room: VerificationRoom,
  session: Session,
  order: OrderRow,
): Promise<UniformVerifyResult | 'refused' | 'unknown'> {
  const open = (value: Buffer | null, column: string) =>
    room.cipher.open(value as Buffer, `verification.${column}`).reveal()
  const { client, context } = healthCardOf(room, session)
  try {
    return await client.checkUniformVerifyResult(
      {
        verifyOrderId: open(order.verify_order_id, 'verify_order_id'),
        verifyResult: open(order.register_order_id, 'register_order_id'),
      },
      context,
    )
  } catch (error) {
    if (!(error instanceof HealthCardError)) throw error
    return error.kind === 'platform' ? 'refused' : 'unknown'
  }
}

async function settle(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
  result: UniformVerifyResult | 'refused' | 'unknown',
): Promise<OrderRow> {
  const nowMs = room.clock.nowMs()
  const fail = async (why: string) => {
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.failed',
      subject: order.id,
      detail: { purpose: order.purpose, why },
    })
    return changeOrder(tx, order, { state: 'ways-on', reason: 'failed' }, nowMs)
  }
  if (result === 'unknown')
    return changeOrder(tx, order, { state: 'ways-on', reason: 'result-unknown' }, nowMs)
  if (result === 'refused') return fail('platform-refused')
  // resultCode 0 with suc false is a normal answer: not verified.
  if (!result.suc) return fail('not-verified')
  const cardId = healthCardIdOf(room.cipher, patient)
  if (cardId && result.healthCardId && cardId !== result.healthCardId) return fail('other-person')
  const proxyUntilMs = result.proxy ? proxyExpiry(result.proxy.expiredTime) : undefined
  if (proxyUntilMs !== undefined && proxyUntilMs <= nowMs) return fail('proxy-expired')
  const grant = {
    assurance: result.proxy ? 'proxy' : 'real-person',
    ...(result.proxy && {
      proxy: {
        sealed: room.cipher.seal(JSON.stringify(result.proxy), 'verification_grant.proxy'),
        expiresAtMs: proxyUntilMs,
      },
    }),
    lastsMs: hospitalOf(room, session).verification.grantMinutes * MINUTE_MS,
  } as const
  await forgiveAttempts(tx, order)
  return grantOrder(room, session, tx, order, grant, { verify_type: result.verifyType ?? null })
}

/** The card's id: told when it was linked, or the first part of its code's text. */
function healthCardIdOf(cipher: Cipher, patient: PatientRow): string | undefined {
  if (patient.health_card_id) return patient.health_card_id
  const text = patient.qr_code_text && cipher.open(patient.qr_code_text, 'patient.qr_code_text').reveal()
  return /^([0-9a-f]{64}):/i.exec(text ?? '')?.[1]
}

/**
 * `yyyy-MM-dd HH:mm:ss` of China, or Unix seconds or milliseconds; the form is not public. What cannot be read ends
 * nothing: our own lifetime still does.
 */
export function proxyExpiry(text: string | undefined): number | undefined {
  const unix = /^(\d{10})(\d{3})?$/.exec(text?.trim() ?? '')
  if (unix) return Number(`${unix[1]}${unix[2] ?? '000'}`)
  const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(
    text?.trim() ?? '',
  )
  if (!match) return undefined
  const [, year, month, day, hour = '23', minute = '59', second = '59'] = match
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
  return Number.isNaN(ms) ? undefined : ms
}
