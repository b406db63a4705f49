import { computed, ref, shallowRef } from 'vue'
import type { VerificationView, VerificationWish, VerifyWay } from '../../api/verification-types.ts'
import { checkAgain } from '../../api/verifications.ts'
import { fetchWechatCode } from '../../flow/fetch-wechat-code.ts'
import { openProtected } from '../../flow/open-protected.ts'
import { openTarget } from '../../flow/open-step.ts'
import type { StepTarget } from '../../flow/step-target.ts'
import { useVerifyPage, type VerifyPageParts } from '../../flow/verify-page.ts'
import { cardCodeFallback } from '../../flow/verify-target.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { callPhone } from '../../platform/phone.ts'
import { routes } from '../../platform/routes.ts'
import { ensureMe, hospitalNow } from '../../session/me.ts'
import { commonTexts } from '../../texts/common.ts'
import { verifyWaysTexts as texts } from '../../texts/verify.ts'

export type VerifyWaysParts = {
  readonly begin: (wish: VerificationWish) => Promise<boolean>
  readonly checkAgain: (id: string) => Promise<ApiResult<VerificationView>>
  readonly openCode: (id: string) => Promise<boolean>
  readonly openTarget: (target: StepTarget) => Promise<boolean>
  readonly call: (phone: string) => void
  readonly page?: VerifyPageParts
}
const live: VerifyWaysParts = {
  begin: beginAgain,
  checkAgain,
  openCode: (id) => redirectPage(routes.verifyCode, { verification: id }),
  openTarget,
  call: callPhone,
}

/** For whom has been confirmed before: straight to a fresh code, and to the confirm page where none can be had. */
async function beginAgain({ purpose, patientId }: VerificationWish): Promise<boolean> {
  const me = await ensureMe()
  if (me.ok && me.data.consent.accepted) {
    if (await fetchWechatCode({ next: 'verify', purpose, patientId }, me.data)) return true
  }
  return openProtected(purpose, { patientId }, { replace: true })
}

const OPENS_IN_PLACE: readonly VerifyWay[] = ['family', 'self-service', 'counter']

/** The straight way ended: why, and what the person can do instead, the best first. */
export function useVerifyWays(parts: VerifyWaysParts = live) {
  const page = useVerifyPage(['ways-on'], parts.page)
  /** Which way's explanation is open. */
  const opened = ref<VerifyWay>()
  const refusal = shallowRef<ApiError>()

  const view = page.view
  const reason = computed(() => view.value && texts.reasons[view.value.reason])
  const ways = computed(() => view.value?.ways ?? [])
  const first = computed(() => ways.value[0] ?? 'counter')
  const rows = computed(() =>
    ways.value.map((way) => ({
      way,
      title: texts.ways[way].title,
      what: explanation(way),
      tag: way === first.value ? texts.recommended : '',
      expanded: OPENS_IN_PLACE.includes(way) ? opened.value === way : undefined,
    })),
  )

  function explanation(way: VerifyWay): string {
    const hospital = hospitalNow()
    if (way === 'counter') return hospital?.counter ?? ''
    if (way === 'phone') return commonTexts.phonePrefix + (hospital?.phone ?? '')
    return texts.ways[way].what
  }

  async function arrive(id: string): Promise<void> {
    // The hospital's phone and counter are what this page is for.
    await Promise.all([page.load(id), ensureMe()])
  }

  async function lookAgain(id: string): Promise<void> {
    const before = view.value
    refusal.value = await page.send(() => parts.checkAgain(id), { stays: true })
    // Nobody knows yet: said, or the button would seem dead.
    const known = view.value === before || view.value?.reason !== 'result-unknown'
    if (!refusal.value && !known) refusal.value = localError('STILL_UNKNOWN')
  }

  async function go(way: VerifyWay): Promise<void> {
    const now = view.value
    if (!now) return
    refusal.value = undefined
    switch (way) {
      case 'retry':
        await parts.begin({ purpose: now.purpose, patientId: now.patientId })
        return
      case 'check-again':
        await lookAgain(now.id)
        return
      case 'phone-code':
      case 'card-phone-code':
        await parts.openCode(now.id)
        return
      case 'visit-card-code':
        await parts.openTarget(cardCodeFallback(now.patientId))
        return
      case 'family':
      case 'self-service':
      case 'counter':
        opened.value = opened.value === way ? undefined : way
        return
      case 'phone':
        parts.call(hospitalNow()?.phone ?? '')
    }
  }

  return { page, reason, ways, first, rows, opened, refusal, arrive, go }
}
