import type { MeView } from '../../api/types.ts'
import type { GrantView, StartVerification, VerificationView } from '../../api/verification-types.ts'
import { getGrants, startVerification } from '../../api/verifications.ts'
import { fetchWechatCode } from '../../flow/fetch-wechat-code.ts'
import { openTarget } from '../../flow/open-step.ts'
import type { StepTarget } from '../../flow/step-target.ts'
import { openVerification } from '../../flow/verify-open.ts'
import type { CodeErrand } from '../../flow/wechat-code.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'

export type ConfirmParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly getGrants: () => Promise<ApiResult<readonly GrantView[]>>
  readonly start: (input: StartVerification) => Promise<ApiResult<VerificationView>>
  readonly fetchCode: (errand: CodeErrand, me: MeView) => Promise<boolean>
  readonly openConsent: () => Promise<boolean>
  readonly openTarget: (target: StepTarget) => Promise<boolean>
  readonly openVerification: (view: VerificationView) => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
}
/** The gateway, the platform and the phone as they are. */
export const liveConfirm: ConfirmParts = {
  loadMe,
  getGrants,
  start: startVerification,
  fetchCode: fetchWechatCode,
  openConsent: () => openPage(routes.consent),
  openTarget,
  openVerification,
  cleanAddress,
}
