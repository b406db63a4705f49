import type { Archives } from '../../api/refund-types.ts'
import { getEntries, settleRefundCheck, startRefundCheck } from '../../api/refunds.ts'
import { type FacialVerify, requestFacialVerify } from '../../platform/facial-verify.ts'
import { openPage, ownAddress, redirectPage } from '../../platform/navigate.ts'
import { type BridgeEnd, openBridge } from '../../platform/open-bridge.ts'
import { openMiniProgram } from '../../platform/open-mini-program.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { handArchives } from '../shared/handed.ts'
import type { AllowedParts } from '../shared/use-allowed.ts'

/** What the page of the face check does outside itself; a test brings its own. */
export type RefundFaceParts = {
  readonly entries: typeof getEntries
  readonly start: typeof startRefundCheck
  readonly settle: typeof settleRefundCheck
  readonly verify: (verifyId: string) => Promise<FacialVerify>
  readonly openBridge: (page: string, development: boolean, checkId: string) => Promise<BridgeEnd>
  readonly openArchives: (checkId: string, archives: Archives) => Promise<boolean>
  readonly openOffline: () => Promise<boolean>
  readonly openMiniProgram: (url: string) => boolean
  readonly cleanAddress: (keep: PageQuery) => void
  readonly pause: () => Promise<void>
  readonly nowMs: () => number
  readonly allowed?: AllowedParts
}

const PAUSE_MS = 1_000

export const liveRefundFace: RefundFaceParts = {
  entries: getEntries,
  start: startRefundCheck,
  settle: settleRefundCheck,
  verify: requestFacialVerify,
  openBridge: (page, development, checkId) =>
    openBridge(page, development, () => ownAddress(routes.refundFace, { id: checkId })),
  async openArchives(id, archives) {
    handArchives({ id, archives })
    // The check is spent by what comes next: "back" leads to the ways.
    return redirectPage(routes.refundArchives, { id })
  },
  openOffline: () => openPage(routes.refundOffline),
  openMiniProgram,
  cleanAddress,
  pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
  nowMs: Date.now,
}
