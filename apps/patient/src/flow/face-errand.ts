import { mayOpenWebPage } from '../platform/allowed-hosts.ts'
import { isRecord } from '../platform/api-error.ts'
import type { PageQuery } from '../platform/page-query.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'
import { FLOW_TTL_MS } from './flow-storage.ts'

/** What the platform sent the person to a page of ours for (face, or national network identity), and how far it got. */
export type FaceErrand = {
  readonly orderId: string
  readonly redirectUrl: string
  readonly verifyType: number
  /** Set once the check has begun. */
  readonly checkId?: string
}

/** The part that stands for a new check of the same order. */
export function orderOf({ orderId, redirectUrl, verifyType }: FaceErrand): Omit<FaceErrand, 'checkId'> {
  return { orderId, redirectUrl, verifyType }
}

const isErrand = (value: unknown): value is FaceErrand =>
  isRecord(value) &&
  typeof value['orderId'] === 'string' &&
  typeof value['redirectUrl'] === 'string' &&
  typeof value['verifyType'] === 'number' &&
  (value['checkId'] === undefined || typeof value['checkId'] === 'string')
const errandKey = storageKey('face', isErrand)

export function readFaceErrand(query: PageQuery): FaceErrand | undefined {
  const { orderId, redirectUrl, verifyType } = query
  if (!orderId || !redirectUrl) return undefined
  const type = Number(verifyType ?? '')
  return { orderId, redirectUrl, verifyType: Number.isInteger(type) ? type : 0 }
}

export function rememberFaceErrand(errand: FaceErrand): void {
  remember(errandKey, errand, FLOW_TTL_MS)
}

export function faceErrand(): FaceErrand | undefined {
  return recall(errandKey)
}

export function forgetFaceErrand(): void {
  forget(errandKey)
}

/**
 * The platform's address to return to, or undefined when it is not one of the platform's. It arrives in a
 * query, which anybody can write: without this check our page would hand verify orders to strangers.
 */
export function allowedRedirect(
  redirectUrl: string,
  mayOpen: (url: string) => boolean = mayOpenWebPage,
): string | undefined {
  if (mayOpen(redirectUrl)) return redirectUrl
  try {
    // Some clients encode it once more than the others.
    const url = decodeURIComponent(redirectUrl)
    return mayOpen(url) ? url : undefined
  } catch {
    return undefined
  }
}

/** `-1` tells the platform that the face was not verified; it then offers its other ways. */
export function redirectWithResult(redirectUrl: string, verifyOrderId: string | null): string {
  const result = `verify_order_id=${encodeURIComponent(verifyOrderId ?? '-1')}`
  return `${redirectUrl}${redirectUrl.includes('?') ? '&' : '?'}${result}`
}
