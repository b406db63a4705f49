import { randomBytes } from 'node:crypto'
import { MINUTE_MS } from '@zhangyi/core'
import type { PersonData } from '../cards/card.ts'
import type { CardPlatform } from '../platform.ts'
import { Refusal } from '../result-codes.ts'
import type { Method } from './methods.ts'

export const ORDER_LIFETIME_MS = 30 * MINUTE_MS

/** A bind-card authorisation: opened by PreAuth, carried by the bind-card page and an authCode. */
export interface Flow {
  readonly flowId: string
  readonly person: string
  /** Spent when a card was really registered, not before. */
  readonly wechatCode: string
  readonly channelNum: number
  readonly targets: Targets & { readonly userForm: string }
  readonly createdAtMs: number
}

/** Where the pages lead when they are done. */
export interface Targets {
  readonly success: string
  readonly verifyFail: string
  /** Card management is out of order; only when a card is to be registered. */
  readonly fail?: string | undefined
  readonly face?: string | undefined
  readonly ncidas?: string | undefined
}

/** One verification of one person on the platform's pages. */
export interface Order {
  /** In the page's address and given to the hospital's face page. */
  readonly orderId: string
  readonly purpose: 'bind' | 'query'
  /** The API operation that asked for it: a fault may name it. */
  readonly askedBy: string
  readonly person: string
  readonly channelNum: number
  readonly subject: PersonData
  readonly targets: Targets
  readonly createdAtMs: number
  /** The code that began it; a face result has to bring another, fresh one. */
  readonly wechatCode: string
  /** For `checkUniformVerifyResult`; a query's only. */
  readonly verifyOrderId?: string | undefined
  state: 'open' | 'passed' | 'failed'
  method?: Method | 'document' | undefined
  registerOrderId?: string | undefined
  passedAtMs?: number | undefined
  /** What `registerRealPersonAuthOrder` issued for this order and the face page has to bring back. */
  readonly faceVerifyOrderIds: string[]
}

export type NewOrder = Pick<
  Order,
  'purpose' | 'askedBy' | 'person' | 'channelNum' | 'subject' | 'targets' | 'wechatCode' | 'verifyOrderId'
>

export function openOrder(platform: CardPlatform, order: NewOrder): Order {
  const opened: Order = {
    ...order,
    orderId: newHex(),
    createdAtMs: platform.clock.nowMs(),
    state: 'open',
    faceVerifyOrderIds: [],
  }
  platform.orders.set(opened.orderId, opened)
  return opened
}

/** An order that may still be decided. */
export function findOpenOrder(platform: CardPlatform, orderId: string): Order {
  const order = platform.orders.get(orderId)
  if (!order) throw new Refusal('orderNotFound')
  if (order.state !== 'open' || platform.clock.nowMs() >= order.createdAtMs + ORDER_LIFETIME_MS)
    throw new Refusal('orderClosed')
  return order
}

export function verifyPageUrl(platform: CardPlatform, order: Order): string {
  return `${platform.baseUrl}/open/verify?orderId=${order.orderId}`
}

export function newHex(): string {
  return randomBytes(16).toString('hex')
}
