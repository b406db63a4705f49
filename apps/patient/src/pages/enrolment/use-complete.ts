import { ageAt, isRealDate, shanghaiDay } from '@zhangyi/core'
import { computed, ref } from 'vue'
import { completeArchive } from '../../api/enrolments.ts'
import type { CompleteInput, FlowView } from '../../api/types.ts'
import { type FlowPageParts, useFlowPage } from '../../flow/use-flow-page.ts'
import { neededFieldProblem } from '../../person-form/check-field.ts'
import { completeInput } from '../../person-form/person-input.ts'
import { guardianRows, missingRows } from '../../person-form/rows.ts'
import { useForm } from '../../person-form/use-form.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { currentMe, ensureMe } from '../../session/me.ts'
import { archiveFieldLabels, fieldLabels } from '../../texts/person.ts'

export type CompleteParts = {
  readonly complete: (flow: string, input: CompleteInput) => Promise<ApiResult<FlowView>>
  readonly page?: FlowPageParts
}

/** 档案完善: asks for what is missing, and only for that; what is known is shown masked. */
export function useComplete(parts: CompleteParts = { complete: completeArchive }, nowMs = Date.now) {
  const page = useFlowPage(['complete-archive'], parts.page)
  const today = () => shanghaiDay(nowMs())
  const missing = computed(() => page.view.value?.missing ?? [])
  const guardianAsked = ref(false)
  const underAge = computed(() => currentMe.value?.guardianUnderAge ?? 14)

  const form = useForm({
    today,
    check: neededFieldProblem,
    rows: (draft) => {
      const birthday = draft['birthday'] ?? ''
      const child =
        missing.value.includes('birthday') &&
        isRealDate(birthday) &&
        ageAt(birthday, nowMs()) < underAge.value
      const guardian = guardianAsked.value || missing.value.includes('guardian') || child
      const need = (row: ReturnType<typeof guardianRows>[number]) => ({ ...row, need: true })
      return [
        ...missingRows(missing.value, today()),
        ...(guardian ? guardianRows(draft, today()).map(need) : []),
      ]
    },
  })
  const guardian = computed(() => form.rows.value.filter(({ name }) => name.startsWith('guardian.')))

  const identity = computed(() => {
    const view = page.view.value
    if (!view) return []
    return [
      { label: fieldLabels.name, value: view.name },
      { label: fieldLabels.idNumber, value: view.idNumber },
    ]
  })
  const known = computed(() =>
    (page.view.value?.known ?? []).map(({ field, value }) => ({ label: archiveFieldLabels[field], value })),
  )

  async function arrive(flow: string): Promise<void> {
    form.begin(flow, { 'guardian.idType': '01' })
    await Promise.all([page.load(flow), ensureMe()])
  }

  async function submit(): Promise<void> {
    if (!form.mayBeSent()) return
    const input = completeInput(asked(), guardian.value.length > 0)
    const error = await page.send(() => parts.complete(page.flow.value, input))
    if (error) refuse(error)
  }

  /** A draft may hold more than this page asks for, e.g. from the application form of the same flow. */
  function asked() {
    const names = form.rows.value.map(({ name }) => name)
    return Object.fromEntries(Object.entries(form.draft.value).filter(([name]) => names.includes(name)))
  }

  function refuse(error: ApiError): void {
    if (error.fields?.some(({ field }) => field.startsWith('guardian'))) guardianAsked.value = true
    form.refuse(error)
  }

  return {
    page,
    form,
    identity,
    known,
    missing,
    underAge,
    ownRows: computed(() => form.rows.value.filter(({ name }) => !name.startsWith('guardian.'))),
    guardianRows: guardian,
    arrive,
    submit,
  }
}
