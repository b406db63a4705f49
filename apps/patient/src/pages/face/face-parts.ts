import { settleFaceCheck, startFaceCheck } from '../../api/face-checks.ts'
import type { FaceCheckView, FaceOrder, FaceSettlement } from '../../api/face-types.ts'
import type { MeView } from '../../api/types.ts'
import { allowedRedirect } from '../../flow/face-errand.ts'
import { fetchWechatCode } from '../../flow/fetch-wechat-code.ts'
import type { CodeErrand } from '../../flow/wechat-code.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { type FacialVerify, requestFacialVerify } from '../../platform/facial-verify.ts'
import { openPlatformPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { ensureMe } from '../../session/me.ts'
import { openBridge } from './open-bridge.ts'

/** What the face page does outside itself; a test brings its own. */
export type FaceParts = {
  readonly ensureMe: () => Promise<ApiResult<MeView>>
  readonly start: (input: FaceOrder) => Promise<ApiResult<FaceCheckView>>
  readonly settle: (id: string, wechatCode: string | undefined) => Promise<ApiResult<FaceSettlement>>
  readonly verify: (verifyId: string) => Promise<FacialVerify>
  readonly openBridge: (page: string, me: MeView) => Promise<'left' | 'opened' | 'refused'>
  readonly fetchCode: (errand: CodeErrand, me: MeView) => Promise<boolean>
  readonly open: (url: string) => Promise<boolean>
  readonly redirectFor: (redirectUrl: string) => string | undefined
  readonly cleanAddress: (keep: PageQuery) => void
  readonly pause: () => Promise<void>
}

const PAUSE_MS = 1_000

export const liveFaceParts: FaceParts = {
  ensureMe,
  start: startFaceCheck,
  settle: settleFaceCheck,
  verify: requestFacialVerify,
  openBridge,
  fetchCode: fetchWechatCode,
  open: openPlatformPage,
  redirectFor: allowedRedirect,
  cleanAddress,
  pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
}
