import { shallowRef } from 'vue'
import { startEnrolment } from '../../api/enrolments.ts'
import type { FlowView, MeView, StartInput } from '../../api/types.ts'
import { moveDraft } from '../../flow/draft.ts'
import { fetchWechatCode } from '../../flow/fetch-wechat-code.ts'
import { type FlowOrigin, isIntent, rememberOrigin } from '../../flow/flow-storage.ts'
import { openStep } from '../../flow/open-step.ts'
import {
  type CodeErrand,
  errandNow,
  forgetErrand,
  takeArrivedCode,
  takeWechatCode,
} from '../../flow/wechat-code.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'

export type StartParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly start: (input: StartInput) => Promise<ApiResult<FlowView>>
  readonly fetchCode: (errand: CodeErrand, me: MeView) => Promise<boolean>
  readonly openConsent: (query: Readonly<Record<string, string | undefined>>) => Promise<boolean>
  readonly openStep: (view: FlowView) => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
}
const live: StartParts = {
  loadMe,
  start: startEnrolment,
  fetchCode: fetchWechatCode,
  openConsent: (query) => redirectPage(routes.consent, query),
  openStep,
  cleanAddress,
}

/** Obtains a wechatCode and opens a flow with it. Nobody has to press anything unless something is wrong. */
export function useStart(parts: StartParts = live) {
  const problem = shallowRef<ApiError>()
  let origin: FlowOrigin = { intent: 'register' }
  let retryOf: string | undefined

  async function arrive(query: PageQuery): Promise<void> {
    takeArrivedCode(query, 'start')
    const errand = errandNow()
    const { intent, patientId } = query
    if (isIntent(intent)) origin = { intent, ...(patientId ? { patientId } : {}) }
    else if (errand?.next === 'start') {
      origin = { intent: errand.intent, ...(errand.patientId ? { patientId: errand.patientId } : {}) }
    }
    retryOf = query['retryOf'] ?? (errand?.next === 'start' ? errand.retryOf : undefined)
    parts.cleanAddress({ ...origin })
    await run(errand?.next === 'start')
  }

  async function run(cameBack: boolean): Promise<void> {
    problem.value = undefined
    const wechatCode = takeWechatCode()
    if (wechatCode !== undefined) {
      // Nothing else is needed: whether the consent stands, the gateway says itself.
      forgetErrand()
      return open(wechatCode)
    }
    const me = await parts.loadMe()
    if (!me.ok) {
      problem.value = me.error
      return
    }
    if (!me.data.consent.accepted) {
      await parts.openConsent({ next: 'start', ...origin, retryOf })
      return
    }
    await fetchCode(me.data, cameBack)
  }

  async function fetchCode(me: MeView, cameBack: boolean): Promise<void> {
    // Came back without one: asking again on our own account would be a circle without a way out.
    if (cameBack) {
      forgetErrand()
      problem.value = localError('NO_WECHAT_CODE')
      return
    }
    const sent = await parts.fetchCode({ next: 'start', ...origin, ...(retryOf ? { retryOf } : {}) }, me)
    if (!sent) problem.value = localError('CANNOT_OPEN')
  }

  async function open(wechatCode: string): Promise<void> {
    const result = await parts.start({ ...origin, wechatCode })
    if (result.ok) {
      rememberOrigin(result.data.id, origin)
      if (retryOf) moveDraft(retryOf, result.data.id)
      if (!(await parts.openStep(result.data))) problem.value = localError('CANNOT_OPEN')
    } else if (result.error.code === 'consent-required') {
      await parts.openConsent({ next: 'start', ...origin, retryOf })
    } else {
      problem.value = result.error
    }
  }

  return { problem, arrive, retry: () => run(false) }
}
