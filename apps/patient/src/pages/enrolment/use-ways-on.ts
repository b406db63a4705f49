import { computed, ref, shallowRef } from 'vue'
import { resumeEnrolment } from '../../api/enrolments.ts'
import type { FlowView, Way } from '../../api/types.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import { originOf } from '../../flow/flow-storage.ts'
import { type FlowPageParts, useFlowPage } from '../../flow/use-flow-page.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { callPhone } from '../../platform/phone.ts'
import { routes } from '../../platform/routes.ts'
import { ensureMe, hospitalNow } from '../../session/me.ts'
import { commonTexts } from '../../texts/common.ts'
import { waysTexts as texts } from '../../texts/enrolment.ts'

export type WaysParts = {
  readonly resume: (flow: string) => Promise<ApiResult<FlowView>>
  readonly begin: typeof beginEnrolment
  readonly openVisitCard: (flow: string) => Promise<boolean>
  readonly openPatients: () => Promise<boolean>
  readonly call: (phone: string) => void
  readonly page?: FlowPageParts
}
const live: WaysParts = {
  resume: resumeEnrolment,
  begin: beginEnrolment,
  openVisitCard: (flow) => redirectPage(routes.visitCard, { flow }),
  openPatients: () => redirectPage(routes.patients),
  call: callPhone,
}

/** The straight way ended: why, and what the person can do instead, the best first. */
export function useWaysOn(parts: WaysParts = live) {
  const page = useFlowPage(['ways-on'], parts.page)
  /** Which way's explanation is open. */
  const opened = ref<Way>()
  const refusal = shallowRef<ApiError>()

  const reason = computed(() => page.view.value && texts.reasons[page.view.value.reason])
  const traceId = computed(() => page.view.value?.traceId ?? '')
  const ways = computed(() => page.view.value?.ways ?? [])
  const first = computed(() => ways.value[0] ?? 'counter')
  const rows = computed(() =>
    ways.value.map((way) => ({
      way,
      title: texts.ways[way].title,
      what: explanation(way),
      tag: way === first.value ? texts.recommended : '',
      expanded: way === 'family' || way === 'counter' ? opened.value === way : undefined,
    })),
  )

  function explanation(way: Way): string {
    const hospital = hospitalNow()
    if (way === 'counter') return hospital?.counter ?? ''
    if (way === 'phone') return commonTexts.phonePrefix + (hospital?.phone ?? '')
    const verify = way === 'retry' && page.view.value?.reason === 'verify-failed'
    return verify ? texts.retryVerify : texts.ways[way].what
  }

  async function arrive(flow: string): Promise<void> {
    // The hospital's phone and counter are what this page is for.
    await Promise.all([page.load(flow), ensureMe()])
  }

  async function go(way: Way): Promise<void> {
    refusal.value = undefined
    const flow = page.flow.value
    switch (way) {
      case 'retry':
        await retry(flow)
        return
      case 'resume':
        refusal.value = await page.send(() => parts.resume(flow))
        return
      case 'visit-card':
        await parts.openVisitCard(flow)
        return
      case 'patients':
        await parts.openPatients()
        return
      case 'family':
      case 'counter':
        opened.value = opened.value === way ? undefined : way
        return
      case 'phone':
        parts.call(hospitalNow()?.phone ?? '')
    }
  }

  async function retry(flow: string): Promise<void> {
    const origin = originOf(flow)
    const intent = page.view.value?.intent ?? 'register'
    // For whom a card was to be claimed later is not in the flow's view; without it the person picks again.
    if (intent === 'upgrade' && !origin?.patientId) await parts.openPatients()
    else await parts.begin(origin ?? { intent }, { replace: true, retryOf: flow })
  }

  return { page, reason, ways, first, rows, opened, refusal, traceId, arrive, go }
}
