import { createVisitCard } from '../../api/enrolments.ts'
import type { FlowView, PersonInput } from '../../api/types.ts'
import { type FlowPageParts, useFlowPage } from '../../flow/use-flow-page.ts'
import { usePersonForm } from '../../person-form/use-person-form.ts'
import type { ApiResult } from '../../platform/api-error.ts'

export type VisitCardParts = {
  readonly create: (flow: string, input: PersonInput) => Promise<ApiResult<FlowView>>
  readonly page?: FlowPageParts
}

/** 先办就诊卡: a card of the hospital without the platform, unverified. */
export function useVisitCard(parts: VisitCardParts = { create: createVisitCard }) {
  // Also while the platform's page or our form is still open elsewhere: giving up there must lead on here.
  const page = useFlowPage(['ways-on', 'open-platform', 'form'], parts.page)
  const form = usePersonForm()

  async function arrive(flow: string): Promise<void> {
    // Begins with what was typed into the application form of the same flow.
    await Promise.all([form.begin(flow), page.load(flow)])
  }

  async function submit(): Promise<void> {
    if (!form.mayBeSent()) return
    const error = await page.send(() => parts.create(page.flow.value, form.input()))
    if (error) form.refuse(error)
  }

  return { page, form, arrive, submit }
}
