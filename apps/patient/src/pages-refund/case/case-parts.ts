import type { Receiving, RefundCase } from '../../api/refund-types.ts'
import {
  askWhetherReceived,
  getRefund,
  openLegReceiving,
  retryRefund,
  withdrawLeg,
} from '../../api/refunds.ts'
import { ownAddress } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { openReceiving, type ReceiveEnd } from '../../platform/receive-transfer.ts'
import { routes } from '../../platform/routes.ts'
import { ensureMe } from '../../session/me.ts'
import { takeHandedCase } from '../shared/handed.ts'
import type { AllowedParts } from '../shared/use-allowed.ts'

/** What the page of one refund does outside itself; a test brings its own. */
export type CaseParts = {
  readonly get: typeof getRefund
  readonly retry: typeof retryRefund
  readonly receive: typeof openLegReceiving
  readonly received: typeof askWhetherReceived
  readonly withdraw: typeof withdrawLeg
  readonly openReceiving: (receiving: Receiving, id: string) => Promise<ReceiveEnd>
  readonly takeHanded: (id: string) => RefundCase | undefined
  readonly cleanAddress: (keep: PageQuery) => void
  readonly wait: (ms: number) => Promise<void>
  readonly allowed?: AllowedParts
}

export const liveCase: CaseParts = {
  get: getRefund,
  retry: retryRefund,
  receive: openLegReceiving,
  received: askWhetherReceived,
  withdraw: withdrawLeg,
  async openReceiving(receiving, id) {
    const me = await ensureMe()
    const development = me.ok && me.data.developmentBridge
    return openReceiving(receiving, development, () => ownAddress(routes.refundCase, { id }))
  },
  takeHanded: takeHandedCase,
  cleanAddress,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
