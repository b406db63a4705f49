import { isPurpose } from '../api/verification-readers.ts'
import type { VerificationWish } from '../api/verification-types.ts'
import { isRecord } from '../platform/api-error.ts'
import type { PageQuery } from '../platform/page-query.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'
import { FLOW_TTL_MS } from './flow-storage.ts'

/** How the platform sent the person back. Only the gateway can tell whether it is true. */
export type VerifyArrival = 'passed' | 'failed'

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isArrival = (value: unknown): value is VerifyArrival => value === 'passed' || value === 'failed'
const isWish = (value: unknown): value is VerificationWish =>
  isRecord(value) && isPurpose(value['purpose']) && isText(value['patientId'])

// Below `flow.`, so that withdrawing the consent removes them with everything else that was under way.
const wishKey = (id: string) => storageKey(`flow.${id}.verify-wish`, isWish)
const arrivalKey = (id: string) => storageKey(`flow.${id}.verify-arrival`, isArrival)
const verifyOrderKey = (id: string) => storageKey(`flow.${id}.verify-order`, isText)
const registerOrderKey = (id: string) => storageKey(`flow.${id}.register-order`, isText)

export function rememberWish(id: string, { purpose, patientId }: VerificationWish): void {
  remember(wishKey(id), { purpose, patientId }, FLOW_TTL_MS)
}

export function wishOf(id: string): VerificationWish | undefined {
  return recall(wishKey(id))
}

export function rememberVerifyOrder(id: string, verifyOrderId: string): void {
  remember(verifyOrderKey(id), verifyOrderId, FLOW_TTL_MS)
}

/** The platform's two numbers of this verification; the gateway keeps its own and believes only those. */
export function ordersOf(id: string) {
  return { verifyOrderId: recall(verifyOrderKey(id)), registerOrderId: recall(registerOrderKey(id)) }
}

/**
 * Keeps what the landing address carries until the gateway has confirmed it: a lost answer is asked for again.
 * Nothing when it carries no outcome (a reload, or a link from nowhere).
 */
export function rememberVerifyArrival(id: string, query: PageQuery): void {
  const registerOrderId = query['registerOrderId']
  // A platform that did not fill its placeholder in has no number for us.
  if (registerOrderId && !registerOrderId.startsWith('${')) {
    remember(registerOrderKey(id), registerOrderId, FLOW_TTL_MS)
    remember(arrivalKey(id), 'passed', FLOW_TTL_MS)
  } else if (query['failed'] !== undefined) {
    remember(arrivalKey(id), 'failed', FLOW_TTL_MS)
  }
}

export function verifyArrival(id: string): VerifyArrival | undefined {
  return recall(arrivalKey(id))
}

export function forgetVerifyArrival(id: string): void {
  forget(arrivalKey(id))
}
