import { computed, ref } from 'vue'
import { chooseArchive } from '../../api/enrolments.ts'
import type { FlowView } from '../../api/types.ts'
import { type FlowPageParts, useFlowPage } from '../../flow/use-flow-page.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { chooseTexts as texts } from '../../texts/enrolment.ts'

export type ChooseParts = {
  readonly choose: (flow: string, key: string) => Promise<ApiResult<FlowView>>
  readonly page?: FlowPageParts
}

/** Several archives in the HIS: the person picks; nothing is chosen for them. */
export function useChooseArchive(parts: ChooseParts = { choose: chooseArchive }) {
  const page = useFlowPage(['choose-archive'], parts.page)
  const chosen = ref('')
  const noneOfThese = ref(false)
  const notice = ref('')
  const refusal = ref<ApiError>()

  const rows = computed(() =>
    (page.view.value?.archives ?? []).map(({ key, visitCard, lastVisitOn, campus }) => ({
      key,
      title: visitCard === null ? texts.noVisitCard : texts.visitCard(visitCard),
      what: [lastVisitOn === null ? texts.noVisit : texts.lastVisit(lastVisitOn), campus ?? '']
        .filter((part) => part !== '')
        .join(' · '),
    })),
  )

  function pick(key: string): void {
    chosen.value = key
    noneOfThese.value = false
    notice.value = ''
  }

  function pickNone(): void {
    chosen.value = ''
    noneOfThese.value = true
    notice.value = ''
  }

  async function submit(): Promise<void> {
    if (chosen.value === '') {
      notice.value = texts.pickFirst
      return
    }
    refusal.value = await page.send(() => parts.choose(page.flow.value, chosen.value))
  }

  return { page, rows, chosen, noneOfThese, notice, refusal, pick, pickNone, submit }
}
